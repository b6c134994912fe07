package dev.inlay.reference;

import dev.inlay.weights.Normalization;

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
    RGB,
    BGR
  }

  /** Red, green and blue, normalised by the statistics of ImageNet. */
  public static final PixelConvention IMAGENET =
      new PixelConvention(ColourOrder.RGB, Normalization.IMAGENET);
}
