package dev.inlay.spec;

import dev.inlay.Backbone;
import dev.inlay.ContextModule;
import dev.inlay.Decoder;
import dev.inlay.Technique;

/** The kinds of technique, and where in a spec each may stand. */
public enum Kind {
  BACKBONE("backbone", "backbones"),
  CONTEXT_MODULE("context module", "context modules"),
  DECODER("decoder", "decoders"),
  OBJECTIVE("objective", "objectives");

  /** The rule that every spec keeps, for messages. */
  static final String RULE = "a spec reads: backbone | context modules... | decoder";

  private final String one;
  private final String many;

  Kind(String one, String many) {
    this.one = one;
    this.many = many;
  }

  /** The kind of a technique. */
  public static Kind of(Technique<?> technique) {
    if (technique instanceof Backbone) {
      return BACKBONE;
    }
    if (technique instanceof ContextModule) {
      return CONTEXT_MODULE;
    }
    return technique instanceof Decoder ? DECODER : OBJECTIVE;
  }

  /** The kind that a stage must have, by its place among at least two stages. */
  static Kind at(int place, int stages) {
    if (place == 0) {
      return BACKBONE;
    }
    return place == stages - 1 ? DECODER : CONTEXT_MODULE;
  }

  /** The message for a stage of another kind than this one, which its place asks for. */
  String misplaced(String name) {
    return "'" + name + "' stands where a " + one + " must stand; " + RULE;
  }

  /** The message for a spec of one stage. */
  static String alone(String name) {
    return "'" + name + "' stands alone, but a network needs a backbone and a decoder; " + RULE;
  }

  /** The kind in words, for several: {@code context modules}. */
  public String plural() {
    return many;
  }

  /** The kind in words: {@code context module}. */
  @Override
  public String toString() {
    return one;
  }
}
