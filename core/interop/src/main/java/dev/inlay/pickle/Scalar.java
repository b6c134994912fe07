package dev.inlay.pickle;

import dev.inlay.weights.Text;

/**
 * None, a boolean, a number or a string.
 *
 * @param content a {@link Nothing}, Boolean, Long, BigInteger, Double or String
 */
public record Scalar(Object content) implements Value {
  static final Scalar NONE = new Scalar(Nothing.NONE);
  static final Scalar TRUE = new Scalar(true);
  static final Scalar FALSE = new Scalar(false);

  /** Python's None. */
  public enum Nothing {
    NONE
  }

  static Scalar of(boolean truth) {
    return truth ? TRUE : FALSE;
  }

  @Override
  public String kind() {
    if (content instanceof String text) {
      return "the text " + Text.quoted(text);
    }
    if (content == Nothing.NONE) {
      return "None";
    }
    return content instanceof Boolean ? "a boolean" : "the number " + content;
  }
}
