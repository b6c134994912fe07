package dev.inlay.weights;

import java.util.List;
import java.util.stream.Collectors;

/** The form of a file's names, texts and shapes in messages: short and printable. */
public final class Text {
  private static final int LONGEST = 80;

  private Text() {}

  /** The text in single quotes, shortened, without control characters. */
  public static String quoted(String text) {
    return "'" + shortened(text) + "'";
  }

  /** The text, shortened for a message, without control characters. */
  public static String shortened(String text) {
    return shortened(text, LONGEST);
  }

  static String shortened(String text, int longest) {
    String head = text.length() > longest ? text.substring(0, longest) + "…" : text;
    return head.replaceAll("\\p{Cntrl}", "?");
  }

  /** A shape as (64, 3, 7, 7). */
  public static String shape(List<Long> shape) {
    return shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
  }
}
