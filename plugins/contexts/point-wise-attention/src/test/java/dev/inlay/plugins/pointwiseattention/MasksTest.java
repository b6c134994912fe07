package dev.inlay.plugins.pointwiseattention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.Dim;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Graph;
import dev.inlay.torch.GraphRunner;
import dev.inlay.torch.HostArray;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The placing of masks and the shrinking of maps, compared with loops over all pixels. */
final class MasksTest {

  /** Masks smaller and larger than the map, also of even sizes. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1",
    "1, 1, 5, 4",
    "5, 6, 3, 3",
    "5, 6, 4, 2",
    "5, 6, 9, 11",
    "4, 3, 12, 20",
    "2, 7, 1, 30"
  })
  void eachMaskLiesAroundItsPixel(int h, int w, int rows, int columns) {
    int pixels = h * w;
    float[] mask = numbers(2 * rows * columns * pixels);
    float[] expected = new float[2 * pixels * pixels];
    for (int i = 0; i < expected.length; i++) {
      int image = i / pixels / pixels;
      int pixel = i / pixels % pixels;
      int other = i % pixels;
      int row = other / w - pixel / w + (rows - 1) / 2;
      int column = other % w - pixel % w + (columns - 1) / 2;
      if (row >= 0 && row < rows && column >= 0 && column < columns) {
        int place = (image * rows + row) * columns + column;
        expected[i] = mask[place * pixels + pixel];
      }
    }
    PointWiseAttention.Options options = options("mask=[%d, %d]".formatted(rows, columns));
    HostArray given = new HostArray(new long[] {2, rows * columns, h, w}, mask);
    assertThat(run(given, x -> Masks.masked(options, x))).containsExactly(expected);
  }

  @Test
  void aCompactMaskLiesInTheUpperLeftCornerOfALargerMap() {
    HostArray given = new HostArray(new long[] {1, 2, 2, 2}, new float[] {1, 2, 3, 4, 5, 6, 7, 8});
    PointWiseAttention.Options options = options("mask=[1, 2], compact=true");
    assertThat(run(given, x -> Masks.masked(options, x)))
        .containsExactly(1, 5, 0, 0, 2, 6, 0, 0, 3, 7, 0, 0, 4, 8, 0, 0);
  }

  private static PointWiseAttention.Options options(String text) {
    return Technique.options(PointWiseAttention.class, "mode=distribute, " + text);
  }

  /** Sides rounded up, with aligned corners, where neither is a multiple of the factor. */
  @ParameterizedTest
  @CsvSource({
    "2, 8, 6, 4, 3, false",
    "2, 7, 6, 3, 3, false",
    "2, 8, 5, 4, 2, false",
    "2, 7, 5, 4, 3, true",
    "3, 8, 7, 3, 3, true",
    "3, 9, 7, 3, 2, false",
    "1, 4, 5, 4, 5, false"
  })
  void theSizeDecidesHowAMapIsShrunk(
      int factor, int h, int w, int rows, int columns, boolean aligned) {
    float[] map = numbers(2 * h * w);
    float[] expected = new float[2 * rows * columns];
    for (int i = 0; i < expected.length; i++) {
      double y = position(i / columns % rows, h, rows, aligned);
      double x = position(i % columns, w, columns, aligned);
      expected[i] = (float) between(map, i / rows / columns, y, x, h, w);
    }
    PointWiseAttention.Options options = options("shrink=" + factor);
    HostArray given = new HostArray(new long[] {2, 1, h, w}, map);
    float[] made =
        run(
            given,
            x -> {
              Grid grid = Grid.of(options, x);
              return grid.resize(x, grid.height(), grid.width());
            });
    assertThat(made).containsExactly(expected, within(1e-4f));
  }

  private static double position(int index, int from, int to, boolean aligned) {
    double at =
        aligned ? index * (from - 1.0) / Math.max(1, to - 1) : (index + 0.5) * from / to - 0.5;
    return Math.min(Math.max(at, 0), from - 1);
  }

  private static double between(float[] map, int image, double y, double x, int h, int w) {
    int top = Math.min((int) y, Math.max(0, h - 2));
    int left = Math.min((int) x, Math.max(0, w - 2));
    double sum = 0;
    for (int row = top; row < Math.min(top + 2, h); row++) {
      for (int column = left; column < Math.min(left + 2, w); column++) {
        double share = (1 - Math.abs(y - row)) * (1 - Math.abs(x - column));
        sum += share * map[(image * h + row) * w + column];
      }
    }
    return sum;
  }

  private static float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (i * 37 + 11) % 101 - 50;
    }
    return numbers;
  }

  private static float[] run(HostArray given, UnaryOperator<Tensor> function) {
    Graph graph = new Graph();
    Dim channels = Dim.of(given.shape()[1]);
    Tensor x =
        graph.input(
            "x", Tensor.Type.FLOAT, Dim.symbol("B"), channels, Dim.symbol("H"), Dim.symbol("W"));
    return GraphRunner.run(
            graph,
            List.of(function.apply(x)),
            ProgramOptions.INFERENCE,
            Map.of(),
            Map.of("x", given))
        .get(0)
        .values();
  }
}
