package dev.inlay.reference;

import dev.inlay.weights.Normalization;
import java.util.List;

/**
 * The colour order and normalisation of a network's input image (B,3,H,W).
 *
 * @param order the order of the colours in the input
 * @param normalization the mean and deviation of red, green and blue, in this order whatever {@code
 *     order} is
 */
public record PixelConvention(ColourOrder order, Normalization normalization) {

  /** The order of the colours in a network's input. */
  public enum ColourOrder {
    RGB("red, green, blue"),
    BGR("blue, green, red");

    private final String words;

    ColourOrder(String words) {
      this.words = words;
    }

    /** The colours in their order, for reports. */
    public String words() {
      return words;
    }
  }

  /** Red, green and blue, normalised by the statistics of ImageNet. */
  public static final PixelConvention IMAGENET =
      new PixelConvention(ColourOrder.RGB, Normalization.IMAGENET);

  /**
   * Statistics on the scale from 0 to 255 on the scale from 0 to 1. A quotient that is a decimal of
   * six digits becomes this decimal: 123.675 becomes 0.485.
   */
  public static List<Double> ofBytes(List<Double> statistics) {
    return statistics.stream().map(PixelConvention::ofByte).toList();
  }

  private static double ofByte(double statistic) {
    double quotient = statistic / 255;
    double decimal = Math.round(quotient * 1e6) / 1e6;
    return Math.abs(decimal * 255 - statistic) < 1e-9 ? decimal : quotient;
  }
}
