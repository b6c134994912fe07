package dev.inlay.reference;

import dev.inlay.InlayException;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tokens of Python's plain values. Strings and whitespace, which may be long, are read by
 * loops, because the engine of regular expressions would recurse over them.
 */
final class PythonTokens {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z_0-9.]{0,200}+");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:\\d{1,30}+(?:\\.\\d{0,30}+)?|\\.\\d{1,30}+)(?:[eE][-+]?\\d{1,3})?");
  private static final Pattern QUOTE = Pattern.compile("[rRbBuU]{0,2}('''|\"\"\"|'|\")");

  private final String source;
  private int at;

  PythonTokens(String source) {
    this.source = source;
    move(0);
  }

  boolean atEnd() {
    return at == source.length();
  }

  boolean isText() {
    return matcher(QUOTE).lookingAt();
  }

  boolean isNumber() {
    return matcher(NUMBER).lookingAt();
  }

  /** A string; adjacent strings are joined. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Matcher quote = matcher(QUOTE); quote.lookingAt(); quote = matcher(QUOTE)) {
      move(append(text, quote.end(), quote.group(1)));
    }
    return text.toString();
  }

  /** Appends the text up to the closing quote; returns the position after the quote. */
  private int append(StringBuilder text, int from, String quote) {
    int i = from;
    while (!source.startsWith(quote, i)) {
      boolean ends = i >= source.length() || (quote.length() == 1 && source.charAt(i) == '\n');
      boolean escape = !ends && source.charAt(i) == '\\' && i + 1 < source.length();
      if (ends) {
        throw unexpected("a text that ends with %s".formatted(quote));
      }
      text.append(escape ? unescaped(source.charAt(i + 1)) : source.substring(i, i + 1));
      i += escape ? 2 : 1;
    }
    return i + quote.length();
  }

  private static String unescaped(char escaped) {
    return switch (escaped) {
      case 'n' -> "\n";
      case 't' -> "\t";
      case '\n' -> "";
      case '\\', '\'', '"' -> String.valueOf(escaped);
      default -> "\\" + escaped;
    };
  }

  BigDecimal number() {
    return new BigDecimal(taken(NUMBER, "a number"));
  }

  String name() {
    return taken(NAME, "a name");
  }

  /** Takes a sign if it is next. */
  boolean skip(String sign) {
    if (!source.startsWith(sign, at)) {
      return false;
    }
    move(at + sign.length());
    return true;
  }

  void take(String sign) {
    if (!skip(sign)) {
      throw unexpected("'%s'".formatted(sign));
    }
  }

  InlayException unexpected(String wanted) {
    long line = 1 + source.substring(0, at).chars().filter(each -> each == '\n').count();
    String next = source.substring(at, Math.min(source.length(), at + 30)).split("\\R", 2)[0];
    return new InlayException(
        "Line %d of the configuration has '%s', where plain Python values need %s."
            .formatted(line, next, wanted));
  }

  private String taken(Pattern pattern, String wanted) {
    Matcher found = matcher(pattern);
    if (!found.lookingAt()) {
      throw unexpected(wanted);
    }
    move(found.end());
    return found.group();
  }

  private Matcher matcher(Pattern pattern) {
    return pattern.matcher(source).region(at, source.length());
  }

  /** Moves to the first token at a position or after it. */
  private void move(int to) {
    at = to;
    while (at < source.length()) {
      char next = source.charAt(at);
      if (next == '#') {
        int end = source.indexOf('\n', at);
        at = end < 0 ? source.length() : end;
      } else if (Character.isWhitespace(next) || next == '\\') {
        at++;
      } else {
        return;
      }
    }
  }
}
