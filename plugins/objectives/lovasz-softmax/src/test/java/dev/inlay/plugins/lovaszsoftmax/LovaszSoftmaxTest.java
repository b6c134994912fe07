package dev.inlay.plugins.lovaszsoftmax;

import dev.inlay.Objective;
import dev.inlay.fixtures.LabelledLogits;
import dev.inlay.fixtures.LossComparison;
import dev.inlay.fixtures.ObjectiveContract;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LovaszSoftmaxTest implements ObjectiveContract<LovaszSoftmax.Options> {

  @Override
  public Objective<LovaszSoftmax.Options> technique() {
    return new LovaszSoftmax();
  }

  @Override
  public List<String> samples() {
    return List.of("", "over=image", "classes=all", "over=image, classes=all");
  }

  @Override
  public List<String> refused() {
    return List.of("over=both", "classes=some");
  }

  /** The loss of the pixels of some images, by the authors' definition. */
  private static double ofImages(LabelledLogits in, int from, int to, boolean all) {
    double sum = 0;
    int classes = 0;
    for (int k = 0; k < in.classes(); k++) {
      List<double[]> pixels = new ArrayList<>(); // the error, and 1 for a pixel of the class
      for (int b = from; b < to; b++) {
        for (int i = 0; i < in.pixels(); i++) {
          if (in.counts(b, i)) {
            double g = in.label(b, i) == k ? 1 : 0;
            pixels.add(new double[] {Math.abs(g - in.probability(b, k, i)), g});
          }
        }
      }
      double present = pixels.stream().mapToDouble(pixel -> pixel[1]).sum();
      if (present == 0 && !all) {
        continue;
      }
      classes++;
      pixels.sort(Comparator.comparingDouble((double[] pixel) -> pixel[0]).reversed());
      double missed = present;
      double union = present;
      double before = 0;
      for (double[] pixel : pixels) {
        missed -= pixel[1];
        union += 1 - pixel[1];
        double jaccard = 1 - missed / union;
        sum += pixel[0] * (jaccard - before);
        before = jaccard;
      }
    }
    return classes == 0 ? 0 : sum / classes;
  }

  private static double byImage(LabelledLogits in, boolean all) {
    double sum = 0;
    for (int b = 0; b < in.images(); b++) {
      sum += ofImages(in, b, b + 1, all);
    }
    return sum / in.images();
  }

  @Test
  void isTheAuthorsOverTheBatch() {
    LossComparison.assertEqual(new LovaszSoftmax(), "", in -> ofImages(in, 0, in.images(), false));
    LossComparison.assertEqual(
        new LovaszSoftmax(), "classes=all", in -> ofImages(in, 0, in.images(), true));
  }

  @Test
  void isTheAuthorsByImage() {
    LossComparison.assertEqual(new LovaszSoftmax(), "over=image", in -> byImage(in, false));
    LossComparison.assertEqual(
        new LovaszSoftmax(), "over=image, classes=all", in -> byImage(in, true));
  }
}
