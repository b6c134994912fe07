package dev.inlay.cli.train;

import dev.inlay.InlayException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The range of the random factor by which training scales images. */
record ScaleRange(double least, double greatest) {

  private static final String NUMBER = "(\\d{1,4}(?:\\.\\d{1,9})?)";
  private static final Pattern FORM = Pattern.compile(NUMBER + "(?:-" + NUMBER + ")?");

  /** Reads {@code 0.5-2}, or {@code 1} for one factor. */
  static ScaleRange parse(String text) {
    Matcher factors = FORM.matcher(text.strip());
    if (!factors.matches()) {
      throw new InlayException(
          "--scale is '%s'; it must be the least and the greatest factor, as in 0.5-2."
              .formatted(text));
    }
    String greatest = factors.group(2) == null ? factors.group(1) : factors.group(2);
    return new ScaleRange(Double.parseDouble(factors.group(1)), Double.parseDouble(greatest));
  }
}
