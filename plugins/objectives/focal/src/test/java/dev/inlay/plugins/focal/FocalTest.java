package dev.inlay.plugins.focal;

import dev.inlay.Objective;
import dev.inlay.fixtures.LabelledLogits;
import dev.inlay.fixtures.LossComparison;
import dev.inlay.fixtures.ObjectiveContract;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FocalTest implements ObjectiveContract<Focal.Options> {

  @Override
  public Objective<Focal.Options> technique() {
    return new Focal();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "",
        "gamma=0, alpha=1",
        "gamma=0.5",
        "scores=sigmoid",
        "scores=sigmoid, gamma=0.5, alpha=0.25");
  }

  @Override
  public List<String> refused() {
    return List.of("gamma=-1", "alpha=1.5", "alpha=0", "scores=other");
  }

  private static double softmax(LabelledLogits in, double gamma, double alpha) {
    double sum = 0;
    int counted = 0;
    for (int b = 0; b < in.images(); b++) {
      for (int i = 0; i < in.pixels(); i++) {
        if (in.counts(b, i)) {
          double p = in.right(b, i);
          sum -= alpha * Math.pow(1 - p, gamma) * Math.log(p);
          counted++;
        }
      }
    }
    return sum / counted;
  }

  /** The sigmoid focal loss of mmsegmentation. */
  private static double sigmoid(LabelledLogits in, double gamma, double alpha) {
    double sum = 0;
    for (int b = 0; b < in.images(); b++) {
      for (int i = 0; i < in.pixels(); i++) {
        for (int k = 0; k < in.classes() && in.counts(b, i); k++) {
          boolean own = in.label(b, i) == k;
          double q = 1 / (1 + Math.exp(own ? -in.logit(b, k, i) : in.logit(b, k, i)));
          sum -= (own ? alpha : 1 - alpha) * Math.pow(1 - q, gamma) * Math.log(q);
        }
      }
    }
    return sum / (in.images() * in.classes() * in.pixels());
  }

  @Test
  void isThePaperOnTheSoftmax() {
    LossComparison.assertEqual(new Focal(), "", in -> softmax(in, 2, 0.5));
    LossComparison.assertEqual(new Focal(), "gamma=0.5, alpha=1", in -> softmax(in, 0.5, 1));
    LossComparison.assertEqual(new Focal(), "gamma=0, alpha=1", in -> softmax(in, 0, 1));
  }

  @Test
  void isMmsegmentationsOnTheSigmoid() {
    LossComparison.assertEqual(new Focal(), "scores=sigmoid", in -> sigmoid(in, 2, 0.5));
    LossComparison.assertEqual(
        new Focal(), "scores=sigmoid, gamma=1.5, alpha=0.25", in -> sigmoid(in, 1.5, 0.25));
  }
}
