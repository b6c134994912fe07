package dev.inlay.cli.common;

import dev.inlay.InlayException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A batch of images (B,3,H,W), as users write it: {@code 3x512x1024} or {@code 2x3x512x1024}.
 *
 * @param batch how many images
 * @param height rows
 * @param width columns
 */
public record ImageSize(int batch, int height, int width) {

  private static final Pattern FORM =
      Pattern.compile("(?:(\\d{1,9})x)?(\\d{1,9})x(\\d{1,9})x(\\d{1,9})");
  private static final String RULE = "3xHxW or Bx3xHxW, as in 3x512x1024";

  /**
   * Reads a size.
   *
   * @throws InlayException if the text is no such size, or not of images with three channels
   */
  public static ImageSize parse(String text) {
    Matcher parts = FORM.matcher(text.strip());
    if (!parts.matches()) {
      throw new InlayException("--input is '%s'; it must be %s.".formatted(text, RULE));
    }
    int channels = Integer.parseInt(parts.group(2));
    if (channels != 3) {
      throw new InlayException(
          "--input is '%s', images of %d channels; networks take red, green and blue: %s."
              .formatted(text, channels, RULE));
    }
    int batch = parts.group(1) == null ? 1 : Integer.parseInt(parts.group(1));
    ImageSize size =
        new ImageSize(batch, Integer.parseInt(parts.group(3)), Integer.parseInt(parts.group(4)));
    if (batch < 1 || size.height < 1 || size.width < 1) {
      throw new InlayException("--input is '%s'; every size must be 1 or more.".formatted(text));
    }
    if ((double) batch * 3 * size.height * size.width > Integer.MAX_VALUE) {
      throw new InlayException(
          "--input is '%s', more than %d values; take smaller or fewer images."
              .formatted(text, Integer.MAX_VALUE));
    }
    return size;
  }

  /** How many values the images have. */
  public int values() {
    return batch * 3 * height * width;
  }

  /** {@code 1x3x512x1024}. */
  @Override
  public String toString() {
    return batch + "x3x" + height + "x" + width;
  }
}
