package dev.inlay.pickle;

import dev.inlay.weights.Text;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the strings and numbers of a pickle; values that are too long to be useful are skipped. */
final class PickleTexts {
  private static final int LONGEST_TEXT = 1 << 20;
  private static final long MOST_TEXT = 16 << 20;
  private static final int LONGEST_NUMBER = 255;
  private static final int LONGEST_NAME = 1000;
  private static final Pattern ESCAPE = Pattern.compile("\\\\(u\\p{XDigit}{4}|U\\p{XDigit}{8})");

  private final PickleInput input;
  private final FileErrors errors;
  private long kept;

  PickleTexts(PickleInput input) {
    this.input = input;
    errors = input.errors();
  }

  Value text(long bytes) {
    if (bytes < 0 || bytes > LONGEST_TEXT) {
      input.skip(bytes);
      return new Opaque("a text of more than %d bytes".formatted(LONGEST_TEXT));
    }
    keep(bytes);
    return new Scalar(new String(input.bytes(bytes), StandardCharsets.UTF_8));
  }

  /** Bytes are never needed: they hold arrays of other libraries or states of random generators. */
  Value bytes(long count) {
    input.skip(count);
    return new Opaque("bytes");
  }

  Value twosComplement(long bytes) {
    if (bytes > LONGEST_NUMBER) {
      input.skip(bytes);
      return new Opaque("a number of more than %d bytes".formatted(LONGEST_NUMBER));
    }
    byte[] little = input.bytes(bytes);
    byte[] big = new byte[little.length + 1];
    for (int i = 0; i < little.length; i++) {
      big[little.length - i] = little[i];
    }
    big[0] = (byte) (little.length > 0 && little[little.length - 1] < 0 ? -1 : 0);
    return whole(new BigInteger(big));
  }

  /** An integer in decimal digits; {@code 00} and {@code 01} are booleans. */
  Value wholeNumber() {
    String line = input.line();
    if (line.equals("00") || line.equals("01")) {
      return Scalar.of(line.equals("01"));
    }
    String digits = line.endsWith("L") ? line.substring(0, line.length() - 1) : line;
    if (digits.length() > 2 * LONGEST_NUMBER) {
      return new Opaque("a number of more than %d digits".formatted(2 * LONGEST_NUMBER));
    }
    try {
      return whole(new BigInteger(digits));
    } catch (NumberFormatException e) {
      throw errors.damaged("its pickle has %s for a whole number.".formatted(Text.quoted(line)));
    }
  }

  Value decimal() {
    String line = input.line();
    try {
      return new Scalar(
          switch (line) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> Double.parseDouble(line);
          });
    } catch (NumberFormatException e) {
      throw errors.damaged("its pickle has %s for a number.".formatted(Text.quoted(line)));
    }
  }

  /** A memo index in decimal digits. */
  long index() {
    String line = input.line();
    try {
      return Long.parseLong(line);
    } catch (NumberFormatException e) {
      throw errors.damaged("its pickle has %s for a memo index.".formatted(Text.quoted(line)));
    }
  }

  /** A quoted string, as Python 2 wrote it. */
  Value quotedLine() {
    String line = input.utf8Line();
    int last = line.length() - 1;
    boolean quoted =
        last > 0 && line.charAt(0) == line.charAt(last) && "'\"".indexOf(line.charAt(0)) >= 0;
    if (!quoted) {
      throw errors.damaged("its pickle has %s for a quoted string.".formatted(Text.quoted(line)));
    }
    keep(line.length());
    return new Scalar(line.substring(1, last).replace("\\'", "'").replace("\\\\", "\\"));
  }

  /** A string in Python's encoding raw-unicode-escape. */
  Value escapedLine() {
    String line = input.line();
    keep(line.length());
    return new Scalar(ESCAPE.matcher(line).replaceAll(PickleTexts::unescaped));
  }

  Global global(String module, String name) {
    if (module.length() > LONGEST_NAME || name.length() > LONGEST_NAME) {
      throw errors.damaged(
          "its pickle names a class by more than %d characters.".formatted(LONGEST_NAME));
    }
    String whole = module + "." + name;
    if (Forbidden.contains(module, name)) {
      throw errors.hostile(whole);
    }
    keep(whole.length());
    return new Global(whole);
  }

  private static Value whole(BigInteger number) {
    return new Scalar(number.bitLength() < Long.SIZE ? (Object) number.longValue() : number);
  }

  private static String unescaped(MatchResult escape) {
    int point = Integer.parseUnsignedInt(escape.group(1).substring(1), 16);
    return Matcher.quoteReplacement(
        Character.isValidCodePoint(point) ? Character.toString(point) : "\uFFFD");
  }

  private void keep(long bytes) {
    kept += bytes;
    if (kept > MOST_TEXT) {
      throw errors.damaged(
          "its pickle has more than %d bytes of texts; no checkpoint needs as many."
              .formatted(MOST_TEXT));
    }
  }
}
