package dev.inlay.plugins.dice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.Dim;
import dev.inlay.Objective;
import dev.inlay.Tensor;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.fixtures.LabelledLogits;
import dev.inlay.fixtures.LossComparison;
import dev.inlay.fixtures.ObjectiveContract;
import dev.inlay.graph.Graph;
import dev.inlay.torch.GraphRunner;
import dev.inlay.torch.HostArray;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DiceTest implements ObjectiveContract<Dice.Options> {

  @Override
  public Objective<Dice.Options> technique() {
    return new Dice();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "",
        "smooth=1",
        "smooth=100",
        "definition=mmsegmentation",
        "definition=nnunet",
        "definition=monai, smooth=1");
  }

  @Override
  public List<String> refused() {
    return List.of("smooth=-0.1", "smooth=some", "definition=other");
  }

  /**
   * Three classes at four pixels, the third ignored. The probabilities of the others are (1/2, 1/4,
   * 1/4), (1/4, 1/2, 1/4) and (1/8, 3/4, 1/8), their labels 0, 1 and 1. By hand:
   *
   * <pre>
   *   class 0   sum p g = 1/2   sum p = 7/8   sum g = 1   D = 1 / (15/8) = 8/15
   *   class 1   sum p g = 5/4   sum p = 3/2   sum g = 2   D = (5/2) / (7/2) = 5/7
   *   class 2   not labelled
   *   loss = (7/15 + 2/7 + 0) / 3 = 79/315
   * </pre>
   */
  @Test
  void isOneMinusTheOverlapOfEachLabelledClass() {
    assertThat(loss(0)).isCloseTo(79 / 315f, within(1e-6f));
  }

  /** As above, with D = 2 / (23/8) = 16/23 and (7/2) / (9/2) = 7/9. */
  @Test
  void smoothIsAddedAboveAndBelowTheLine() {
    assertThat(loss(1)).isCloseTo(109 / 621f, within(1e-6f));
  }

  /** sum(p g), sum(p), sum(g) and sum(p p) of a class over some images. */
  private static double[] sums(LabelledLogits in, int label, int from, int to) {
    double[] sums = new double[4];
    for (int b = from; b < to; b++) {
      for (int i = 0; i < in.pixels(); i++) {
        if (in.counts(b, i)) {
          double p = in.probability(b, label, i);
          double g = in.label(b, i) == label ? 1 : 0;
          sums[0] += p * g;
          sums[1] += p;
          sums[2] += g;
          sums[3] += p * p;
        }
      }
    }
    return sums;
  }

  private static double dice(double[] sums, double smooth) {
    return (2 * sums[0] + smooth) / (sums[1] + sums[2] + smooth);
  }

  private static double smp(LabelledLogits in, double smooth) {
    double lost = 0;
    for (int k = 0; k < in.classes(); k++) {
      double[] sums = sums(in, k, 0, in.images());
      lost += sums[2] > 0 ? 1 - dice(sums, smooth) : 0;
    }
    return lost / in.classes();
  }

  private static double mmsegmentation(LabelledLogits in, double epsilon) {
    double lost = 0;
    for (int b = 0; b < in.images(); b++) {
      double overlap = 0;
      double predicted = epsilon;
      double labelled = epsilon;
      for (int k = 0; k < in.classes(); k++) {
        double[] sums = sums(in, k, b, b + 1);
        overlap += sums[0];
        predicted += sums[3];
        labelled += sums[2];
      }
      lost += 1 - 2 * overlap / (predicted + labelled);
    }
    return lost / in.images();
  }

  private static double nnunet(LabelledLogits in) {
    double sum = 0;
    for (int k = 1; k < in.classes(); k++) {
      sum += dice(sums(in, k, 0, in.images()), 1e-5);
    }
    return 1 - sum / (in.classes() - 1);
  }

  private static double monai(LabelledLogits in) {
    double lost = 0;
    for (int b = 0; b < in.images(); b++) {
      for (int k = 0; k < in.classes(); k++) {
        lost += 1 - dice(sums(in, k, b, b + 1), 1e-5);
      }
    }
    return lost / in.images() / in.classes();
  }

  @Test
  void hasTheDefinitionsOfOtherProjects() {
    LossComparison.assertEqual(new Dice(), "", in -> smp(in, 0));
    LossComparison.assertEqual(new Dice(), "smooth=2", in -> smp(in, 2));
    LossComparison.assertEqual(
        new Dice(), "definition=mmsegmentation", in -> mmsegmentation(in, 1e-3));
    LossComparison.assertEqual(
        new Dice(), "definition=mmsegmentation, smooth=0.5", in -> mmsegmentation(in, 0.5));
    LossComparison.assertEqual(new Dice(), "definition=nnunet", DiceTest::nnunet);
    LossComparison.assertEqual(new Dice(), "definition=monai", DiceTest::monai);
  }

  private static float loss(double smooth) {
    float[][] odds = {{2, 1, 1, 1}, {1, 2, 9, 6}, {1, 1, 5, 1}};
    float[] logits = new float[12];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) Math.log(odds[i / 4][i % 4]);
    }
    Graph graph = new Graph();
    Dim[] pixels = {Dim.of(1), Dim.of(2), Dim.of(2)};
    Tensor output =
        graph.input("output", Tensor.Type.FLOAT, Dim.of(1), Dim.of(3), Dim.of(2), Dim.of(2));
    Tensor labels = graph.input("labels", Tensor.Type.INTEGER, pixels);
    Tensor loss =
        new Dice()
            .loss(
                new Dice.Options(smooth, Dice.Definition.SMP),
                output,
                labels,
                255,
                graph.scope("dice"));
    return GraphRunner.run(
            graph,
            List.of(loss),
            ProgramOptions.TRAINING,
            Map.of(),
            Map.of(
                "output", new HostArray(new long[] {1, 3, 2, 2}, logits),
                "labels", new HostArray(new long[] {1, 2, 2}, new float[] {0, 1, 255, 1})))
        .get(0)
        .values()[0];
  }
}
