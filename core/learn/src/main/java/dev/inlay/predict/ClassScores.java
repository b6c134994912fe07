package dev.inlay.predict;

import dev.inlay.image.LabelMap;
import dev.inlay.image.RgbImage;
import java.util.Arrays;

/** A way to score each class at each pixel of an image; the class with the most is predicted. */
@FunctionalInterface
public interface ClassScores {

  /**
   * The scores of an image, such as logits.
   *
   * @return (K,H,W) at the image's size, which the caller may change
   */
  float[] of(RgbImage image);

  /** The logits of a network that sees an image whole. */
  static ClassScores whole(SegmentationModel model) {
    return model::logits;
  }

  /** The class with the largest score at each pixel; of equal ones the first. */
  default LabelMap labels(RgbImage image) {
    return labels(of(image), image.width(), image.height());
  }

  /**
   * The class with the largest score at each pixel; of equal ones the first.
   *
   * @param scores (K,H,W)
   */
  static LabelMap labels(float[] scores, int width, int height) {
    int pixels = width * height;
    byte[] ids = new byte[pixels];
    float[] best = Arrays.copyOf(scores, pixels);
    for (int id = 1; id < scores.length / pixels; id++) {
      for (int i = 0, at = id * pixels; i < pixels; i++, at++) {
        if (scores[at] > best[i]) {
          best[i] = scores[at];
          ids[i] = (byte) id;
        }
      }
    }
    return new LabelMap(width, height, ids);
  }
}
