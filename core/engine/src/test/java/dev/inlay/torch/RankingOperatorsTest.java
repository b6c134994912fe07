package dev.inlay.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.Dim;
import dev.inlay.InlayException;
import dev.inlay.Tensor;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Operator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What losses need that rank pixels: orders, positions, cumulative sums, losses of pixels. */
final class RankingOperatorsTest {

  /** The operators that are tested in this class. */
  static final Set<Operator> OPERATORS =
      EnumSet.of(
          Operator.CUMSUM,
          Operator.ARGSORT,
          Operator.GATHER,
          Operator.VECTOR,
          Operator.PIXEL_CROSS_ENTROPY);

  private static final HostArray ROWS =
      new HostArray(new long[] {2, 4}, new float[] {3, 1, 2, 1, -1, 5, 5, 0});

  private final Graph graph = new Graph();
  private final Dim rowCount = Dim.symbol("B");
  private final Tensor rows = graph.input("rows", Tensor.Type.FLOAT, rowCount, Dim.of(4));

  private float[] run(Tensor output) {
    return GraphRunner.run(
            graph, List.of(output), ProgramOptions.TRAINING, Map.of(), Map.of("rows", ROWS))
        .get(0)
        .values();
  }

  private float[] gradient(Tensor output, HostArray cotangents) {
    return GraphRunner.gradients(
            graph,
            List.of(output),
            ProgramOptions.TRAINING,
            List.of(cotangents),
            Map.of(),
            Map.of("rows", ROWS))
        .get("rows")
        .values();
  }

  @Test
  void anOrderLeavesEqualValuesInTheirs() {
    Tensor rising = rows.argsort(1, false);
    assertThat(rising.type()).isEqualTo(Tensor.Type.INTEGER);
    assertThat(rising.shape()).isEqualTo(rows.shape());
    assertThat(run(rising)).containsExactly(1, 3, 2, 0, 0, 3, 1, 2);
    assertThat(run(rows.argsort(-1, true))).containsExactly(0, 2, 1, 3, 1, 2, 3, 0);
    assertThat(run(rows.argsort(0, true))).containsExactly(0, 1, 1, 0, 1, 0, 0, 1);
    assertThatThrownBy(() -> rows.argsort(2, true)).isInstanceOf(InlayException.class);
  }

  @Test
  void valuesAreTakenFromPositionsWithTheirGradient() {
    Tensor sorted = rows.gather(1, rows.argsort(1, true));
    assertThat(run(sorted)).containsExactly(3, 2, 1, 1, 5, 5, 0, -1);
    HostArray cotangents = new HostArray(new long[] {2, 4}, new float[] {1, 2, 3, 4, 5, 6, 7, 8});
    assertThat(gradient(sorted, cotangents)).containsExactly(1, 3, 2, 4, 8, 5, 6, 7);

    Tensor largest = rows.gather(1, rows.argmax(1));
    assertThat(largest.shape()).isEqualTo(List.of(rowCount, Dim.of(1)));
    assertThat(run(largest)).containsExactly(3, 5);
    assertThat(run(rows.argmax(1).gather(0, rows.argmax(1).times(0)))).containsExactly(0, 0);
  }

  @Test
  void positionsMustFit() {
    assertThatThrownBy(() -> rows.gather(1, rows))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("needs positions of type INTEGER with the same other sizes");
    assertThatThrownBy(() -> rows.gather(0, rows.argmax(1)))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("a choice along axis 0 of (B,4)");
    assertThatThrownBy(() -> rows.gather(1, rows.range(Dim.of(4))))
        .isInstanceOf(InlayException.class);
  }

  @Test
  void sumsGrowAlongTheAxis() {
    assertThat(run(rows.cumsum(1))).containsExactly(3, 4, 6, 7, -1, 4, 9, 9);
    assertThat(run(rows.cumsum(0))).containsExactly(3, 1, 2, 1, 2, 6, 7, 1);
    HostArray cotangents = new HostArray(new long[] {2, 4}, new float[] {1, 2, 3, 4, 0, 0, 0, 1});
    assertThat(gradient(rows.cumsum(1), cotangents)).containsExactly(10, 9, 7, 4, 1, 1, 1, 1);
    Tensor counts = rows.greaterThan(1).cumsum(1);
    assertThat(counts.type()).isEqualTo(Tensor.Type.INTEGER);
    assertThat(run(counts)).containsExactly(1, 1, 2, 2, 0, 1, 2, 2);
  }

  @Test
  void numbersAreAVector() {
    Tensor numbers = rows.vector(List.of(0.5, -2.0, 1e-3, 1e20));
    assertThat(numbers.shape()).isEqualTo(List.of(Dim.of(4)));
    assertThat(run(numbers)).containsExactly(0.5f, -2, 1e-3f, 1e20f);
    assertThat(run(rows.argmax(1).vector(List.of(7.0)))).containsExactly(7);
    assertThat(run(rows.times(rows.vector(List.of(1.0, 2.0, 3.0, 4.0)))))
        .containsExactly(3, 2, 6, 4, -1, 10, 15, 0);
    assertThatThrownBy(() -> rows.vector(List.of())).isInstanceOf(InlayException.class);
  }

  /** Two pixels of two classes and an ignored one: log(1 + 1/3), log(1 + 4) and 0. */
  @Test
  void eachPixelHasItsCrossEntropy() {
    Dim two = Dim.of(2);
    Tensor logits = graph.input("logits", Tensor.Type.FLOAT, rowCount, two, Dim.of(1), Dim.of(3));
    Tensor labels = graph.input("labels", Tensor.Type.INTEGER, rowCount, Dim.of(1), Dim.of(3));
    float[] values = {(float) Math.log(3), 0, 9, 0, (float) Math.log(4), 1};
    Map<String, HostArray> inputs =
        Map.of(
            "logits", new HostArray(new long[] {1, 2, 1, 3}, values),
            "labels", new HostArray(new long[] {1, 1, 3}, new float[] {0, 0, 200}));
    Tensor losses = logits.pixelCrossEntropy(labels, 200);
    assertThat(losses.shape()).isEqualTo(labels.shape());
    float[] found =
        GraphRunner.run(graph, List.of(losses), ProgramOptions.TRAINING, Map.of(), inputs)
            .get(0)
            .values();
    assertThat(found[0]).isCloseTo((float) Math.log(4 / 3.0), within(1e-6f));
    assertThat(found[1]).isCloseTo((float) Math.log(5), within(1e-6f));
    assertThat(found[2]).isZero();
    float[] slopes =
        GraphRunner.gradients(
                graph,
                List.of(losses),
                ProgramOptions.TRAINING,
                List.of(new HostArray(new long[] {1, 1, 3}, new float[] {1, 0, 1})),
                Map.of(),
                inputs)
            .get("logits")
            .values();
    assertThat(slopes).hasSize(6);
    assertThat(slopes[0]).isCloseTo(-0.25f, within(1e-6f));
    assertThat(slopes[2]).isZero();
    assertThatThrownBy(() -> logits.pixelCrossEntropy(labels.asFloat(), 200))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("cross-entropy of the logits");
  }
}
