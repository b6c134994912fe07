package dev.inlay.cli.author;

import java.util.Locale;

/** The languages that a project can be made in. */
enum Language {
  JAVA("java"),
  KOTLIN("kt");

  private final String extension;

  Language(String extension) {
    this.extension = extension;
  }

  /** The extension of source files. */
  String extension() {
    return extension;
  }

  /** The name in options and in folders. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads the option. */
  static final class Reader extends Word<Language> {
    Reader() {
      super(Language.class);
    }
  }
}
