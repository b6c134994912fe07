package dev.inlay.plugins.ohem;

import dev.inlay.Objective;
import dev.inlay.fixtures.LabelledLogits;
import dev.inlay.fixtures.LossComparison;
import dev.inlay.fixtures.ObjectiveContract;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OhemTest implements ObjectiveContract<Ohem.Options> {

  @Override
  public Objective<Ohem.Options> technique() {
    return new Ohem();
  }

  @Override
  public List<String> samples() {
    return List.of("", "threshold=0.2, kept=20", "definition=paddleseg, threshold=0.2, kept=20");
  }

  @Override
  public List<String> refused() {
    return List.of("threshold=1.5", "kept=0", "definition=other");
  }

  /** The sampler of mmsegmentation, with cross-entropy over all pixels. */
  private static double mmsegmentation(LabelledLogits in, double threshold, int kept) {
    List<Double> sorted = new ArrayList<>();
    for (int b = 0; b < in.images(); b++) {
      for (int i = 0; i < in.pixels(); i++) {
        if (in.counts(b, i)) {
          sorted.add(in.right(b, i));
        }
      }
    }
    Collections.sort(sorted);
    double hardest = sorted.get(Math.min(kept * in.images(), sorted.size() - 1));
    return sum(in, Math.max(hardest, threshold))[0] / (in.images() * in.pixels());
  }

  /** PaddleSeg's loss: ignored pixels are sorted after all others. */
  private static double paddleseg(LabelledLogits in, double threshold, int kept) {
    List<Double> sorted = new ArrayList<>();
    int counted = 0;
    for (int b = 0; b < in.images(); b++) {
      for (int i = 0; i < in.pixels(); i++) {
        counted += in.counts(b, i) ? 1 : 0;
        sorted.add(in.counts(b, i) ? in.right(b, i) : 1 + in.probability(b, 0, i));
      }
    }
    Collections.sort(sorted);
    double limit =
        kept < counted
            ? Math.max(threshold, sorted.get(Math.min(sorted.size(), kept) - 1))
            : Double.POSITIVE_INFINITY;
    double[] sums = sum(in, limit);
    double pixels = in.images() * in.pixels();
    return sums[0] / pixels / (sums[1] / pixels + 1e-5);
  }

  /** The sum of the losses below a limit, and their number. */
  private static double[] sum(LabelledLogits in, double limit) {
    double[] sums = new double[2];
    for (int b = 0; b < in.images(); b++) {
      for (int i = 0; i < in.pixels(); i++) {
        if (in.counts(b, i) && in.right(b, i) < limit) {
          sums[0] -= Math.log(in.right(b, i));
          sums[1]++;
        }
      }
    }
    return sums;
  }

  @Test
  void keepsWhatIsBelowTheThreshold() {
    LossComparison.assertEqual(
        new Ohem(), "threshold=0.3, kept=1", in -> mmsegmentation(in, 0.3, 1));
  }

  @Test
  void keepsTheHardestOfEachImageIfTheyAreAboveIt() {
    LossComparison.assertEqual(
        new Ohem(), "threshold=0.01, kept=9", in -> mmsegmentation(in, 0.01, 9));
  }

  /** The limit is the easiest pixel's own probability, so all others are kept. */
  @Test
  void keepsNoMoreThanThereAre() {
    LossComparison.assertEqual(
        new Ohem(), "threshold=0.01", in -> mmsegmentation(in, 0.01, 100_000));
  }

  @Test
  void paddlesegKeepsOfTheBatchAndDividesByThoseKept() {
    for (int kept : List.of(1, 9, 24, 10_000)) {
      LossComparison.assertEqual(
          new Ohem(),
          "definition=paddleseg, threshold=0.05, kept=%d".formatted(kept),
          in -> paddleseg(in, 0.05, kept));
    }
    LossComparison.assertEqual(
        new Ohem(), "definition=paddleseg, kept=5", in -> paddleseg(in, 0.7, 5));
  }
}
