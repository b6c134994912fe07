package dev.inlay.spec;

import dev.inlay.InlayException;
import dev.inlay.files.Sentence;
import java.util.List;

/**
 * The text of a spec or a loss, which turns a message and a place into an error that shows both.
 */
final class Source {
  private static final int WIDTH = 100;
  private static final int BEFORE = 40;
  private static final int LONGEST = 100_000;
  private static final int LONGEST_PIECE = 60;

  private final String what;
  private final String text;
  private final String origin;
  private final boolean yaml;

  private Source(String what, String text, String origin, boolean yaml) {
    if (text.length() > LONGEST) {
      throw new InlayException(
          "The %s has %d characters; it may have at most %d."
              .formatted(what, text.length(), LONGEST));
    }
    this.what = what;
    this.text = text;
    this.origin = origin;
    this.yaml = yaml;
  }

  /** A spec in the one-line form, which may have line breaks. */
  static Source text(String text, String origin) {
    return new Source("spec", text, origin, false);
  }

  /** A sum of objectives. */
  static Source loss(String text) {
    return new Source("loss", text, "", false);
  }

  /** A spec in YAML. */
  static Source yaml(String text, String origin) {
    return new Source("spec", text, origin, true);
  }

  /** What the text is, for messages: a spec or a loss. */
  String what() {
    return what;
  }

  String text() {
    return text;
  }

  /** An option with a list as its value, as this form writes it: {@code rates=[12]}. */
  String listing(String option, OptionType.Many type, String word) {
    Object value = type.element().read(word);
    String list =
        value == null ? "[...]" : type.print(List.of(value), yaml ? Quotes::yaml : Quotes::text);
    return option + (yaml ? ": " : "=") + list;
  }

  /** An error: the message as a sentence, the text around the place, carets under the place. */
  InlayException error(Place place, String message) {
    int start = yaml ? text.lastIndexOf('\n', place.from() - 1) + 1 : 0;
    int lineEnd = yaml ? text.indexOf('\n', place.from()) : -1;
    int end = lineEnd < 0 ? text.length() : lineEnd;
    int[] line = text.substring(start, end).stripTrailing().codePoints().toArray();
    int from = text.codePointCount(start, place.from());
    int to = Math.max(from, text.codePointCount(start, Math.min(place.to(), end)));
    String label = label(start);
    return new InlayException(
        Sentence.ended(message) + "\n  " + label + excerpt(line, from, to, label.length()));
  }

  private String label(int start) {
    if (!yaml) {
      return origin.isEmpty() ? "" : origin + ": ";
    }
    long number = 1 + text.substring(0, start).chars().filter(c -> c == '\n').count();
    return (origin.isEmpty() ? "" : origin + ", ") + "line " + number + ": ";
  }

  private static String excerpt(int[] line, int from, int to, int indent) {
    int start = line.length <= WIDTH ? 0 : startOf(from, line.length);
    int end = Math.min(line.length, start + WIDTH);
    StringBuilder shown = new StringBuilder();
    for (int i = start; i < end; i++) {
      boolean cut = (i == start && start > 0) || (i == end - 1 && end < line.length);
      shown.appendCodePoint(cut ? '…' : printable(line[i]));
    }
    int carets = Math.max(1, Math.min(to, end) - from);
    return shown + "\n  " + " ".repeat(indent + from - start) + "^".repeat(carets);
  }

  private static int startOf(int from, int length) {
    return Math.max(0, Math.min(from - BEFORE, length - WIDTH));
  }

  /** Keeps every character one column wide and harmless for a terminal. */
  private static int printable(int c) {
    if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
      return ' ';
    }
    boolean odd = Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
    return odd ? '\uFFFD' : c;
  }

  /** A piece of a user's text as a message shows it: on one line and not too long. */
  static String shown(String piece) {
    int[] all = piece.codePoints().toArray();
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(all.length, LONGEST_PIECE); i++) {
      shown.appendCodePoint(printable(all[i]));
    }
    return all.length > LONGEST_PIECE ? shown + "…" : shown.toString();
  }
}
