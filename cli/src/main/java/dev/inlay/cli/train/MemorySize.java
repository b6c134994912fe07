package dev.inlay.cli.train;

import dev.inlay.InlayException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes of memory as people write them. */
final class MemorySize {

  private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([MG])i?B?");

  private MemorySize() {}

  /**
   * The bytes of {@code 8GB} or {@code 500 MB}; units are powers of 1024.
   *
   * @throws InlayException if it is no size
   */
  static long parse(String option, String text) {
    Matcher size = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!size.matches()) {
      throw new InlayException(
          "%s is '%s', but must be a number with a unit, as in 8GB or 500MB."
              .formatted(option, text));
    }
    double unit = size.group(2).equals("G") ? 1 << 30 : 1 << 20;
    return (long) (Double.parseDouble(size.group(1)) * unit);
  }

  /** {@code 2.3 GB}. */
  static String text(long bytes) {
    return bytes < 1 << 30
        ? "%d MB".formatted(bytes >> 20)
        : String.format(Locale.ROOT, "%.1f GB", bytes / (double) (1 << 30));
  }
}
