package dev.inlay.evaluate;

import dev.inlay.data.LabelledImage;
import dev.inlay.image.LabelMap;

/** Is told of each image that an evaluation has scored. */
@FunctionalInterface
public interface EvaluationWatcher {

  /**
   * An image has been scored.
   *
   * @param sample the image with its labels
   * @param prediction the predicted ids, of the image's size
   */
  void scored(ImageScores scores, LabelledImage sample, LabelMap prediction);
}
