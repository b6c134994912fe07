package dev.inlay.cli.train;

import dev.inlay.InlayException;
import dev.inlay.image.RgbImage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of the random crops that a network is trained on.
 *
 * @param height rows
 * @param width columns
 */
record Crop(int height, int width) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,6})x(\\d{1,6})");
  private static final int LEAST = 32;
  private static final int MOST = 512;

  /** Reads {@code 240x320}, height first. */
  static Crop parse(String text) {
    Matcher sides = FORM.matcher(text.strip());
    if (!sides.matches()) {
      throw new InlayException(
          "--crop is '%s'; it must be HxW, height and width in pixels, as in 240x320."
              .formatted(text));
    }
    return new Crop(Integer.parseInt(sides.group(1)), Integer.parseInt(sides.group(2)));
  }

  /** Two thirds of each side, a multiple of 8 from 32 to 512: 240x320 for 360x480. */
  static Crop of(RgbImage image) {
    return of(image.width(), image.height());
  }

  /** As {@link #of(RgbImage)}, for an image of this size. */
  static Crop of(int width, int height) {
    return new Crop(side(height), side(width));
  }

  private static int side(int whole) {
    return Math.max(LEAST, Math.min(MOST, whole * 2 / 3 / 8 * 8));
  }

  @Override
  public String toString() {
    return height + "x" + width;
  }
}
