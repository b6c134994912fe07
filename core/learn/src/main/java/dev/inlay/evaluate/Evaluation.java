package dev.inlay.evaluate;

import dev.inlay.InlayException;
import dev.inlay.data.ClassList;
import dev.inlay.data.LabelledImage;
import dev.inlay.data.SampleSource;
import dev.inlay.image.LabelMap;
import dev.inlay.image.RgbImage;
import dev.inlay.torch.Inference;
import dev.inlay.weights.Normalization;
import java.util.function.IntConsumer;

/** Scores a network on labelled images, each whole and at its full resolution. */
public final class Evaluation {

  private Evaluation() {}

  /**
   * Scores all samples, with one at a time in memory.
   *
   * @param done is called after each sample with the number of samples scored so far
   * @throws InlayException if there are no samples, one cannot be read, or the memory does not
   *     suffice for one, which is named
   */
  public static Scores of(
      Inference inference,
      SampleSource samples,
      ClassList classes,
      Normalization normalization,
      IntConsumer done) {
    if (samples.size() == 0) {
      throw new InlayException("There are no samples to score. Name a split that has some.");
    }
    ConfusionMatrix matrix = new ConfusionMatrix(classes.size());
    for (int i = 0; i < samples.size(); i++) {
      LabelledImage sample = samples.read(i);
      RgbImage image = sample.image();
      LabelMap prediction = predicted(inference, image, normalization, samples.name(i));
      matrix.add(sample.labels(), prediction, classes.ignore());
      done.accept(i + 1);
    }
    return matrix.scores();
  }

  private static LabelMap predicted(
      Inference inference, RgbImage image, Normalization normalization, String name) {
    try {
      byte[] ids = inference.labels(image.rgb(), image.height(), image.width(), normalization);
      return new LabelMap(image.width(), image.height(), ids);
    } catch (InlayException e) { // It tells the image's size; many may have it.
      throw new InlayException("%s: %s".formatted(name, e.getMessage()), e);
    }
  }
}
