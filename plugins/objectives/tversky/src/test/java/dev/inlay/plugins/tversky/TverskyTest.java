package dev.inlay.plugins.tversky;

import dev.inlay.Objective;
import dev.inlay.fixtures.LabelledLogits;
import dev.inlay.fixtures.LossComparison;
import dev.inlay.fixtures.ObjectiveContract;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TverskyTest implements ObjectiveContract<Tversky.Options> {

  @Override
  public Objective<Tversky.Options> technique() {
    return new Tversky();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "", "alpha=0.5, beta=0.5, smooth=0", "definition=smp", "definition=smp, smooth=0");
  }

  @Override
  public List<String> refused() {
    return List.of("alpha=-1", "beta=-0.1", "smooth=-1", "definition=other");
  }

  /** True positives, false positives and false negatives of a class over some images. */
  private static double[] counts(LabelledLogits in, int label, int from, int to) {
    double[] counts = new double[3];
    for (int b = from; b < to; b++) {
      for (int i = 0; i < in.pixels(); i++) {
        if (in.counts(b, i)) {
          double p = in.probability(b, label, i);
          double g = in.label(b, i) == label ? 1 : 0;
          counts[0] += p * g;
          counts[1] += p * (1 - g);
          counts[2] += (1 - p) * g;
        }
      }
    }
    return counts;
  }

  private static double index(double[] counts, double alpha, double beta, double smooth) {
    return (counts[0] + smooth) / (counts[0] + alpha * counts[1] + beta * counts[2] + smooth);
  }

  private static double mmsegmentation(
      LabelledLogits in, double alpha, double beta, double smooth) {
    double sum = 0;
    for (int b = 0; b < in.images(); b++) {
      for (int k = 0; k < in.classes(); k++) {
        sum += 1 - index(counts(in, k, b, b + 1), alpha, beta, smooth);
      }
    }
    return sum / in.images() / in.classes();
  }

  private static double smp(LabelledLogits in, double alpha, double beta, double smooth) {
    double sum = 0;
    for (int k = 0; k < in.classes(); k++) {
      double[] counts = counts(in, k, 0, in.images());
      sum += counts[0] > 0 ? 1 - index(counts, alpha, beta, smooth) : 0;
    }
    return sum / in.classes();
  }

  @Test
  void isMmsegmentationsByImageAndClass() {
    LossComparison.assertEqual(new Tversky(), "", in -> mmsegmentation(in, 0.3, 0.7, 1));
    LossComparison.assertEqual(
        new Tversky(), "alpha=0.6, beta=0.4, smooth=5", in -> mmsegmentation(in, 0.6, 0.4, 5));
  }

  @Test
  void isSmpsOverTheBatchWithoutAbsentClasses() {
    LossComparison.assertEqual(
        new Tversky(), "definition=smp, smooth=0", in -> smp(in, 0.3, 0.7, 0));
    LossComparison.assertEqual(
        new Tversky(), "definition=smp, alpha=1, beta=0.2", in -> smp(in, 1, 0.2, 1));
  }
}
