package dev.inlay.cli.common;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Formats text for the terminal. */
public final class TerminalText {

  private static final int WIDTH = 96;
  private static final int LONGEST = 5_000;
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final Pattern CAPITAL = Pattern.compile("[A-Z]");
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_./:+,@%=-]+");

  /** Natural order of names, with numbers by value: {@code r18} before {@code r101}. */
  public static final Comparator<String> BY_NAME =
      Comparator.comparing(name -> NUMBER.matcher(name).replaceAll(m -> padded(m.group())));

  private TerminalText() {}

  /** The text with a capital first letter. */
  public static String heading(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** A name of JSON as words: {@code mean squared error} for {@code meanSquaredError}. */
  public static String spelled(String name) {
    return CAPITAL.matcher(name).replaceAll(m -> " " + m.group().toLowerCase(Locale.ROOT));
  }

  /** A path as a shell argument, in quotes if it has blanks or special characters. */
  public static String argument(Path path) {
    String text = path.toString();
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** Text on one line, with control characters escaped, so that none moves the cursor. */
  public static String printable(String text) {
    return Shown.onOneLine(text);
  }

  private static String padded(String digits) {
    return "0".repeat(Math.max(0, 12 - digits.length())) + digits;
  }

  /** The text in lines of at most 96 characters, each after the indent; empty for blank text. */
  public static String wrapped(String text, String indent) {
    if (text.isBlank()) {
      return "";
    }
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : SPACE.splitAsStream(Shown.shortened(text.strip(), LONGEST)).toList()) {
      if (!line.isEmpty() && indent.length() + line.length() + 1 + word.length() > WIDTH) {
        lines.add(indent + line);
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(indent + line);
    return String.join("\n", lines) + "\n";
  }
}
