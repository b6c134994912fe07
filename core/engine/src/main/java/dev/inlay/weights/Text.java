package dev.inlay.weights;

import java.util.List;
import java.util.stream.Collectors;

/** How messages show what a file holds, which may be long or unprintable. */
public final class Text {
  private static final int LONGEST = 80;

  private Text() {}

  /** The text in single quotes, shortened, its control characters replaced. */
  public static String quoted(String text) {
    return "'" + shortened(text) + "'";
  }

  /** The text, shortened to what a message can show, its control characters replaced. */
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
