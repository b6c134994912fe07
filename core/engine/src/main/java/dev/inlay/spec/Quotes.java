package dev.inlay.spec;

import java.util.Locale;
import java.util.Set;

/** Puts quotes around a string where a spec would otherwise read it as something else. */
final class Quotes {
  /** Words that YAML readers do not take as text. */
  private static final Set<String> YAML_WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private Quotes() {}

  /** For the one-line form. */
  static String text(String string) {
    boolean word = !string.isEmpty() && string.codePoints().allMatch(TextReader::inWord);
    return word ? string : "'" + string.replace("'", "''") + "'";
  }

  /** For YAML. */
  static String yaml(String string) {
    boolean word =
        !string.isEmpty()
            && isLetter(string.charAt(0))
            && string
                .chars()
                .allMatch(c -> isLetter(c) || (c >= '0' && c <= '9') || "-_.".indexOf(c) >= 0);
    if (word && !YAML_WORDS.contains(string.toLowerCase(Locale.ROOT))) {
      return string;
    }
    boolean printable = string.chars().allMatch(c -> c >= ' ' && c <= '~');
    return printable ? "'" + string.replace("'", "''") + "'" : escaped(string);
  }

  private static String escaped(String string) {
    StringBuilder escaped = new StringBuilder("\"");
    string
        .codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                escaped.append('\\').appendCodePoint(c);
              } else if (c >= ' ' && c <= '~') {
                escaped.appendCodePoint(c);
              } else {
                escaped.append(String.format("\\U%08X", c));
              }
            });
    return escaped.append('"').toString();
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
