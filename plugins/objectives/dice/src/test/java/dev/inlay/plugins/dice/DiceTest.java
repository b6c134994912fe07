package dev.inlay.plugins.dice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.Dim;
import dev.inlay.Objective;
import dev.inlay.Tensor;
import dev.inlay.compile.ProgramOptions;
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
    return List.of("", "smooth=1", "smooth=100");
  }

  @Override
  public List<String> refused() {
    return List.of("smooth=-0.1", "smooth=some");
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
        new Dice().loss(new Dice.Options(smooth), output, labels, 255, graph.scope("dice"));
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
