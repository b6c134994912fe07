package dev.inlay.reference;

import dev.inlay.weights.Normalization;

/**
 * How the networks of a project see an image.
 *
 * @param order the order of the colours in their input
 * @param normalization by what red, green and blue are normalised, whatever their order is
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
