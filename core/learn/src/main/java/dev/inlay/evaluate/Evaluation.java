package dev.inlay.evaluate;

import dev.inlay.InlayException;
import dev.inlay.data.ClassList;
import dev.inlay.data.LabelledImage;
import dev.inlay.data.SampleSource;
import dev.inlay.image.LabelMap;
import dev.inlay.image.RgbImage;
import dev.inlay.torch.Inference;
import dev.inlay.weights.Normalization;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Scores predictions of labelled images at their full resolution, with one image in memory. */
public final class Evaluation {

  private Evaluation() {}

  /**
   * Scores a network on all samples, each predicted whole.
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
    return of(
            image -> whole(inference, image, normalization),
            samples,
            classes,
            (scores, sample, prediction) -> done.accept(scores.index() + 1))
        .scores();
  }

  private static LabelMap whole(Inference inference, RgbImage image, Normalization normalization) {
    byte[] ids = inference.labels(image.rgb(), image.height(), image.width(), normalization);
    return new LabelMap(image.width(), image.height(), ids);
  }

  /**
   * Scores all samples.
   *
   * @param predictor gives the ids of an image, of its size
   * @param watcher is told of each image
   * @return the counts of all pixels
   * @throws InlayException if there are no samples, one cannot be read, or its prediction fails,
   *     naming it
   */
  public static ConfusionMatrix of(
      Function<RgbImage, LabelMap> predictor,
      SampleSource samples,
      ClassList classes,
      EvaluationWatcher watcher) {
    if (samples.size() == 0) {
      throw new InlayException("There are no samples to score. Name a split that has some.");
    }
    ConfusionMatrix matrix = new ConfusionMatrix(classes.size());
    for (int i = 0; i < samples.size(); i++) {
      LabelledImage sample = samples.read(i);
      LabelMap prediction = predicted(predictor, sample.image(), samples.name(i));
      ConfusionMatrix own = new ConfusionMatrix(classes.size());
      own.add(sample.labels(), prediction, classes.ignore());
      matrix.add(own);
      watcher.scored(new ImageScores(i, samples.name(i), own.scores()), sample, prediction);
    }
    return matrix;
  }

  private static LabelMap predicted(
      Function<RgbImage, LabelMap> predictor, RgbImage image, String name) {
    try {
      return predictor.apply(image);
    } catch (InlayException e) { // It tells the image's size; many may have it.
      throw new InlayException("%s: %s".formatted(name, e.getMessage()), e);
    }
  }
}
