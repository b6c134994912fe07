package dev.inlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Graph;
import dev.inlay.torch.GraphRunner;
import dev.inlay.torch.HostArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Smoothed dilated convolutions, compared with sums over all pixels. */
final class SmoothingTest {

  private static final int IN = 2;
  private static final int OUT = 3;

  private final Graph graph = new Graph();
  private final Tensor x =
      graph.input(
          "x", Tensor.Type.FLOAT, Dim.symbol("B"), Dim.of(IN), Dim.symbol("H"), Dim.symbol("W"));

  private float[] run(Tensor output, int h, int w, Map<String, float[]> parameters) {
    Map<String, HostArray> all = new HashMap<>();
    graph
        .parameters()
        .forEach(
            (name, each) -> {
              float[] zeros = new float[(int) each.size()];
              long[] shape = each.shape().stream().mapToLong(Long::longValue).toArray();
              all.put(name, new HostArray(shape, parameters.getOrDefault(name, zeros)));
            });
    HostArray given = new HostArray(new long[] {1, IN, h, w}, numbers(IN * h * w, 5));
    return GraphRunner.run(
            graph, List.of(output), ProgramOptions.INFERENCE, all, Map.of("x", given))
        .get(0)
        .values();
  }

  private static float[] numbers(int count, int step) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (i * step + 3) % 11 / 4f - 1;
    }
    return numbers;
  }

  /** The value of a map at a pixel; 0 outside. */
  private static double at(float[] map, int channel, int h, int w, int row, int column) {
    return row < 0 || column < 0 || row >= h || column >= w
        ? 0
        : map[(channel * h + row) * w + column];
  }

  /** The convolution's value at a pixel, which may lie outside the map. */
  private static double dilated(float[] map, int out, int h, int w, int d, int row, int column) {
    float[] weight = numbers(OUT * IN * 9, 7);
    double sum = 0;
    for (int tap = 0; tap < 9 * IN; tap++) {
      int at = row + d * (tap % 9 / 3 - 1);
      sum += weight[out * 9 * IN + tap] * at(map, tap / 9, h, w, at, column + d * (tap % 3 - 1));
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({"2, 6, 8", "2, 5, 7", "3, 7, 8", "4, 3, 9"})
  void separableAndSharedConvolvesEachChannelFirst(int d, int h, int w) {
    int side = 2 * d - 1;
    float[] kernel = numbers(side * side, 3);
    float[] map = numbers(IN * h * w, 5);
    float[] smooth = map.clone();
    for (int i = 0; i < map.length; i++) {
      for (int tap = 0; tap < side * side; tap++) {
        int row = i / w % h + tap / side - d + 1;
        smooth[i] += kernel[tap] * at(map, i / w / h, h, w, row, i % w + tap % side - d + 1);
      }
    }
    float[] expected = new float[OUT * h * w];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (float) dilated(smooth, i / w / h, h, w, d, i / w % h, i % w);
    }
    Window window = Window.of(3).dilation(d);
    Tensor made = Smoothing.SEPARABLE_AND_SHARED.in(graph.scope("")).conv("c", x, OUT, window);
    Map<String, float[]> parameters =
        Map.of("c.weight", numbers(OUT * IN * 9, 7), "c.smoothing", kernel);
    assertThat(run(made, h, w, parameters)).containsExactly(expected, within(2e-4f));
  }

  /** With a bias, which comes after the interaction. */
  @ParameterizedTest
  @CsvSource({"2, 6, 8", "2, 5, 7", "3, 7, 8", "4, 3, 9"})
  void groupInteractionSumsThePixelsOfEachBlock(int d, int h, int w) {
    int groups = d * d;
    float[] weights = numbers(groups * groups, 4);
    float[] bias = {1, -2, 0.5f};
    float[] map = numbers(IN * h * w, 5);
    float[] expected = new float[OUT * h * w];
    for (int i = 0; i < expected.length; i++) {
      int channel = i / w / h;
      int row = i / w % h;
      int column = i % w;
      int to = row % d * d + column % d;
      double sum = dilated(map, channel, h, w, d, row, column) + bias[channel];
      for (int from = 0; from < groups; from++) {
        int otherRow = row / d * d + from / d;
        int otherColumn = column / d * d + from % d;
        sum += weights[from * groups + to] * dilated(map, channel, h, w, d, otherRow, otherColumn);
      }
      expected[i] = (float) sum;
    }
    Window window = Window.of(3).dilation(d);
    Tensor made = Smoothing.GROUP_INTERACTION.in(graph.scope("")).convBias("c", x, OUT, window);
    Map<String, float[]> parameters =
        Map.of("c.weight", numbers(OUT * IN * 9, 7), "c.smoothing", weights, "c.bias", bias);
    assertThat(run(made, h, w, parameters)).containsExactly(expected, within(2e-4f));
  }

  @ParameterizedTest
  @EnumSource(names = {"SEPARABLE_AND_SHARED", "GROUP_INTERACTION"})
  void beginsAsThePlainConvolution(Smoothing smoothing) {
    Window window = Window.of(3).dilation(2);
    Tensor smoothed = smoothing.in(graph.scope("")).conv("c", x, OUT, window);
    Tensor plain = graph.scope("").conv("c", x, OUT, window);
    Map<String, float[]> weight = Map.of("c.weight", numbers(OUT * IN * 9, 7));
    assertThat(run(smoothed, 5, 8, weight)).containsExactly(run(plain, 5, 8, weight));
  }

  @ParameterizedTest
  @EnumSource(Smoothing.class)
  void leavesOtherConvolutionsAsTheyAre(Smoothing smoothing) {
    Scope scope = smoothing.in(graph.scope("a")).at("b");
    scope.convNormRelu("point", x, OUT, Window.of(1).dilation(4));
    scope.convBias("square", x, OUT, 3);
    assertThat(graph.parameters().keySet())
        .containsExactly(
            "a.b.point.conv.weight",
            "a.b.point.bn.num_batches_tracked",
            "a.b.point.bn.weight",
            "a.b.point.bn.bias",
            "a.b.point.bn.running_mean",
            "a.b.point.bn.running_var",
            "a.b.square.weight",
            "a.b.square.bias");
  }

  @Test
  void groupInteractionNeedsAStrideOfOne() {
    Scope scope = Smoothing.GROUP_INTERACTION.in(graph.scope(""));
    Window window = Window.of(3).dilation(2).stride(2);
    assertThatThrownBy(() -> scope.conv("c", x, OUT, window))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining(
            "the convolution 'c' has dilation 2 and stride 2, but group-interaction smooths only"
                + " convolutions of stride 1; use separable-and-shared");
    Tensor made = Smoothing.SEPARABLE_AND_SHARED.in(graph.scope("")).conv("s", x, OUT, window);
    assertThat(made.height()).isEqualTo(Dim.symbol("H").plus(1).floorDiv(2));
  }
}
