package dev.inlay.cli.common;

/**
 * Text that comes from elsewhere as a terminal may show it: names and messages of jars, files,
 * tensors and classes can hold control sequences, turn the direction of text around, and be
 * megabytes long. Letters of all languages stay as they are.
 */
final class Shown {

  private static final String DIRECTION = "\u061C\u200E\u200F";

  private Shown() {}

  /** Whether a character moves the cursor, ends the line or changes the direction of text. */
  static boolean isHarmful(char c) {
    return Character.isISOControl(c)
        || (c >= '\u2028' && c <= '\u202E')
        || (c >= '\u2066' && c <= '\u2069')
        || DIRECTION.indexOf(c) >= 0;
  }

  /** A character as JSON writes it, so that JSON stays the same JSON. */
  static String escape(char c) {
    return "\\u%04x".formatted((int) c);
  }

  /** The text on one line; line breaks are escaped, too. */
  static String onOneLine(String text) {
    if (text.chars().noneMatch(c -> isHarmful((char) c))) {
      return text;
    }
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      line.append(isHarmful(c) ? escape(c) : c);
    }
    return line.toString();
  }

  /** The text if it is not longer than this, else its beginning and its length. */
  static String shortened(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return "%s… (%d characters)".formatted(text.substring(0, end), text.length());
  }
}
