package dev.inlay.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.Dim;
import dev.inlay.Init;
import dev.inlay.InlayException;
import dev.inlay.Tensor;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Operator;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Windows as channels, leaky rectifiers, minima and ranges, whose results are exact numbers. */
final class ArrangementOperatorsTest {

  /** The operators that are tested in this class. */
  static final Set<Operator> OPERATORS =
      EnumSet.of(
          Operator.PIXEL_UNSHUFFLE,
          Operator.LEAKY_RELU,
          Operator.PRELU,
          Operator.MIN,
          Operator.RANGE);

  /** Two channels of 2 x 4 pixels: 0 to 7 and -8 to -15. */
  private static final HostArray MAP =
      new HostArray(
          new long[] {1, 2, 2, 4},
          new float[] {0, 1, 2, 3, 4, 5, 6, 7, -8, -9, -10, -11, -12, -13, -14, -15});

  private static final HostArray ONES = new HostArray(MAP.shape(), ones(16));

  private static final Map<String, HostArray> SLOPES =
      Map.of(
          "one", new HostArray(new long[] {1}, new float[] {0.5f}),
          "each", new HostArray(new long[] {2}, new float[] {0.25f, 2}));

  private static final Dim H = Dim.symbol("H");

  private static float[] ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private final Graph graph = new Graph();
  private final Tensor map =
      graph.input("map", Tensor.Type.FLOAT, Dim.symbol("B"), Dim.of(2), Dim.of(2), Dim.of(4));

  private float[] run(Tensor output) {
    return run(output, ProgramOptions.INFERENCE);
  }

  private float[] run(Tensor output, ProgramOptions options) {
    return GraphRunner.run(graph, List.of(output), options, SLOPES, Map.of("map", MAP))
        .get(0)
        .values();
  }

  private Map<String, HostArray> gradients(Tensor output, HostArray cotangents) {
    return GraphRunner.gradients(
        graph,
        List.of(output),
        ProgramOptions.INFERENCE,
        List.of(cotangents),
        SLOPES,
        Map.of("map", MAP));
  }

  @Test
  void windowsBecomeChannelsByChannelRowAndColumn() {
    Tensor windows = map.pixelUnshuffle(2);
    assertThat(windows.shape()).isEqualTo(List.of(map.batch(), Dim.of(8), Dim.of(1), Dim.of(2)));
    assertThat(run(windows))
        .containsExactly(0, 2, 1, 3, 4, 6, 5, 7, -8, -10, -9, -11, -12, -14, -13, -15);
    assertThat(run(windows.pixelShuffle(2))).containsExactly(MAP.values());
    HostArray cotangents = new HostArray(new long[] {1, 8, 1, 2}, MAP.values());
    assertThat(gradients(windows, cotangents).get("map").values()).containsExactly(run(shuffled()));
  }

  /** The values of {@link #MAP} as windows, put back into their places. */
  private Tensor shuffled() {
    return map.reshape(map.batch(), 8, 1, 2).pixelShuffle(2);
  }

  @Test
  void windowsAreWhole() {
    assertThatThrownBy(() -> map.pixelUnshuffle(4))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining(
            "a pixel unshuffle by 4 needs multiples of 4 rows and columns, got (B,2,2,4)");
    Tensor image = new Graph().input("x", Tensor.Type.FLOAT, Dim.of(1), Dim.of(1), H, H);
    Tensor padded = image.pad(Dim.of(0), missing(H), Dim.of(0), missing(H)).pixelUnshuffle(2);
    assertThat(padded.height()).isEqualTo(H.ceilDiv(2));
  }

  private static Dim missing(Dim size) {
    return size.ceilDiv(2).times(2).minus(size);
  }

  @Test
  void negativeValuesAreScaled() {
    float[] leaky = run(map.leakyRelu(0.25));
    assertThat(leaky[7]).isEqualTo(7);
    assertThat(leaky[8]).isEqualTo(-2);
    assertThat(leaky[15]).isEqualTo(-3.75f);
    float[] slopes = gradients(map.leakyRelu(0.25), ONES).get("map").values();
    assertThat(slopes[1]).isEqualTo(1);
    assertThat(slopes[8]).isEqualTo(0.25f);
  }

  @Test
  void negativeValuesAreScaledByLearnedSlopes() {
    Tensor one = graph.scope("").parameter("one", Init.ZERO, 1);
    Tensor each = graph.scope("").parameter("each", Init.ZERO, 2);
    assertThat(run(map.prelu(one))[8]).isEqualTo(-4);
    assertThat(run(map.times(-1).prelu(each))[4]).isEqualTo(-1);
    assertThat(run(map.prelu(each))[8]).isEqualTo(-16);

    Map<String, HostArray> gradients = gradients(map.prelu(each), ONES);
    assertThat(gradients.get("map").values()[9]).isEqualTo(2);
    assertThat(gradients.get("each").values()).containsExactly(0, -92);
    assertThat(gradients(map.prelu(one), ONES).get("one").values()).containsExactly(-92);
    assertThat(run(map.prelu(each), ProgramOptions.INFERENCE.inBfloat16())[8]).isEqualTo(-16);
    assertThatThrownBy(() -> map.prelu(map))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("needs one slope, or one for each channel, got (B,2,2,4)");
  }

  @Test
  void minimaKeepTheirAxes() {
    Tensor least = map.min(2, 3);
    assertThat(least.shape()).isEqualTo(List.of(map.batch(), Dim.of(2), Dim.of(1), Dim.of(1)));
    assertThat(run(least)).containsExactly(0, -15);
    float[] slopes =
        gradients(least, new HostArray(new long[] {1, 2, 1, 1}, new float[] {3, 5}))
            .get("map")
            .values();
    assertThat(slopes[0]).isEqualTo(3);
    assertThat(slopes[15]).isEqualTo(5);
    assertThat(slopes[14]).isZero();
  }

  @Test
  void rangesAreWholeNumbers() {
    Tensor columns = map.range(map.width());
    assertThat(columns.type()).isEqualTo(Tensor.Type.INTEGER);
    assertThat(columns.shape()).isEqualTo(List.of(Dim.of(4)));
    assertThat(run(columns)).containsExactly(0, 1, 2, 3);
    Tensor image = graph.input("image", Tensor.Type.FLOAT, H, Dim.of(1));
    HostArray rows = new HostArray(new long[] {3, 1}, new float[3]);
    assertThat(
            GraphRunner.run(
                    graph,
                    List.of(image.range(H).times(2)),
                    ProgramOptions.INFERENCE,
                    Map.of(),
                    Map.of("image", rows))
                .get(0)
                .values())
        .containsExactly(0, 2, 4);
  }
}
