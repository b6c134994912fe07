package dev.inlay.data;

import dev.inlay.image.LabelMap;
import dev.inlay.image.RgbImage;

/** An image and its label map of the same size. */
public record LabelledImage(RgbImage image, LabelMap labels) {
  /** Checks that image and label map have the same size. */
  public LabelledImage {
    if (image.width() != labels.width() || image.height() != labels.height()) {
      throw new IllegalArgumentException(
          "An image of %dx%d cannot have a label map of %dx%d."
              .formatted(image.width(), image.height(), labels.width(), labels.height()));
    }
  }
}
