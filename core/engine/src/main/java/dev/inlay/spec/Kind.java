package dev.inlay.spec;

import dev.inlay.Backbone;
import dev.inlay.ContextModule;
import dev.inlay.Decoder;
import dev.inlay.Objective;
import dev.inlay.Optimizer;
import dev.inlay.Technique;

/** The kinds of technique, and where in a spec each may stand. */
public enum Kind {
  BACKBONE(Backbone.class, "backbone", "backbones"),
  CONTEXT_MODULE(ContextModule.class, "context module", "context modules"),
  DECODER(Decoder.class, "decoder", "decoders"),
  OBJECTIVE(Objective.class, "objective", "objectives"),
  OPTIMIZER(Optimizer.class, "optimizer", "optimizers");

  /** The rule that every spec keeps, for messages. */
  static final String RULE = "a spec reads: backbone | context modules... | decoder.";

  private final Class<?> type;
  private final String one;
  private final String many;

  Kind(Class<?> type, String one, String many) {
    this.type = type;
    this.one = one;
    this.many = many;
  }

  /** The kind of a technique. */
  public static Kind of(Technique<?> technique) {
    for (Kind kind : values()) {
      if (kind.type.isInstance(technique)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(technique.getClass() + " is of no kind");
  }

  /** The interface that techniques of this kind implement. */
  Class<?> type() {
    return type;
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
    return "'%s' stands where a %s must stand; %s".formatted(name, one, RULE);
  }

  /** The message for a spec of one stage. */
  static String alone(String name) {
    return "'%s' stands alone, but a network needs a backbone and a decoder; %s"
        .formatted(name, RULE);
  }

  /** The kind in words with its article: {@code an optimizer}. */
  String withArticle() {
    return ("aeiou".indexOf(one.charAt(0)) < 0 ? "a " : "an ") + one;
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
