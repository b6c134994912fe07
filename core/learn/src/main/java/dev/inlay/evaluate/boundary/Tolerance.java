package dev.inlay.evaluate.boundary;

import java.util.Locale;

/**
 * How far a predicted boundary may be from the true one.
 *
 * @param pixels the distance in pixels; 0 where it is a share
 * @param share the distance as a share of the image's diagonal; 0 where it is in pixels
 */
public record Tolerance(int pixels, double share) {

  /**
   * DAVIS's tolerance, 0.008 of the diagonal. Perazzi et al., A Benchmark Dataset and Evaluation
   * Methodology for Video Object Segmentation, CVPR 2016, section 4.
   */
  public static final Tolerance DAVIS = new Tolerance(0, 0.008);

  /** A tolerance of some pixels. */
  public static Tolerance of(int pixels) {
    return new Tolerance(pixels, 0);
  }

  /** The tolerance in pixels for an image. */
  public int at(int width, int height) {
    return share == 0 ? pixels : (int) Math.ceil(share * Math.hypot(width, height));
  }

  /** {@code 3 pixels}, or the share. */
  @Override
  public String toString() {
    return share == 0
        ? (pixels == 1 ? "1 pixel" : pixels + " pixels")
        : String.format(Locale.ROOT, "%.3f of the diagonal", share);
  }
}
