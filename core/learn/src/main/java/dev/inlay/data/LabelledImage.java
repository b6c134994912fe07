package dev.inlay.data;

import dev.inlay.image.LabelMap;
import dev.inlay.image.RgbImage;

/** An image and the true class of each of its pixels; both have one size. */
public record LabelledImage(RgbImage image, LabelMap labels) {
  /** Refuses an image and labels of different sizes. */
  public LabelledImage {
    if (image.width() != labels.width() || image.height() != labels.height()) {
      throw new IllegalArgumentException(
          "An image of %dx%d cannot have labels of %dx%d"
              .formatted(image.width(), image.height(), labels.width(), labels.height()));
    }
  }
}
