package dev.inlay.cli.author;

import java.util.Locale;

/** The kinds of techniques that a project can be made for. */
enum PluginKind {
  CONTEXT("ContextModule"),
  BACKBONE("Backbone"),
  DECODER("Decoder"),
  OBJECTIVE("Objective"),
  OPTIMIZER("Optimizer"),
  /** A decoder that computes parameters from labels before training. */
  PREPARATION("Decoder");

  private final String noun;

  PluginKind(String noun) {
    this.noun = noun;
  }

  /** The word that makes a class's name unlike that of a class it uses. */
  String noun() {
    return noun;
  }

  /** The name in options and in the folders of templates. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads the option. */
  static final class Reader extends Word<PluginKind> {
    Reader() {
      super(PluginKind.class);
    }
  }
}
