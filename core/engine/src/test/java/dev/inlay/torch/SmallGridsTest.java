package dev.inlay.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.Dim;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Tensor.Type;
import dev.inlay.Window;
import dev.inlay.compile.Program;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.compile.torch.Source;
import dev.inlay.graph.Graph;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Convolving pooled grids before or after their upsampling gives the same results. */
final class SmallGridsTest {

  private static final ProgramOptions FOLDED = ProgramOptions.INFERENCE.folded();
  private static final ProgramOptions FOLDED_LAST = FOLDED.channelsLast();

  private final Graph graph = new Graph();
  private final Scope scope = graph.scope("net");
  private final Tensor image =
      graph.input(
          "image", Type.FLOAT, Dim.symbol("B"), Dim.of(3), Dim.symbol("H"), Dim.symbol("W"));

  private Tensor enlarged(String name, int rows, int columns, boolean alignCorners) {
    Tensor grid = scope.convNormRelu(name, image.adaptiveAvgPool(rows, columns), 4, 1);
    return grid.resizeTo(image, alignCorners);
  }

  private HostArray run(ProgramOptions options, Tensor output) {
    HostArray picture = Values.uniform(new SplittableRandom(3), -2, 2, 2, 3, 13, 10);
    return GraphRunner.run(
            graph, List.of(output), options, Values.of(graph, 7), Map.of("image", picture))
        .get(0);
  }

  private String source(ProgramOptions options, Tensor output) {
    return Source.forward(new Program(graph, List.of(output), options));
  }

  private static long enlargements(String source) {
    return source.lines().filter(line -> line.contains("[B, 4, H, W]")).count();
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1, false", "3, 3, 1, false", "3, 3, 2, true", "3, 5, 3, false"})
  void splitSumsEqualWholeOnes(int rows, int columns, int dilation, boolean alignCorners) {
    Tensor one = enlarged("one", 1, 1, alignCorners);
    Tensor other = enlarged("other", 2, 3, alignCorners);
    Tensor joined = Tensor.concat(one, image, other, image.relu());
    Window window = Window.of(rows, columns).dilation(dilation);
    Tensor output = scope.convNormRelu("bottleneck", joined, 5, window);

    HostArray plain = run(ProgramOptions.INFERENCE, output);
    Closeness.assertClose("folded", run(FOLDED, output), plain, 1e-5);
    Closeness.assertClose("channels last", run(FOLDED_LAST, output), plain, 1e-5);
    assertThat(enlargements(source(ProgramOptions.INFERENCE, output))).isEqualTo(2);
    assertThat(enlargements(source(FOLDED, output))).isZero();
  }

  @Test
  void theBiasIsAddedOnce() {
    Tensor joined = Tensor.concat(image, enlarged("one", 2, 2, false));
    Tensor output = scope.convBias("conv", joined, 5, 3);

    Closeness.assertClose(
        "folded", run(FOLDED, output), run(ProgramOptions.INFERENCE, output), 1e-5);
  }

  @Test
  void stridesGroupsAndMapsThatDependOnTheImageStayAsTheyAre() {
    Tensor pooled = scope.conv("half", image, 4, Window.of(3).stride(2)).resizeTo(image, false);
    Tensor grid = enlarged("one", 2, 2, false);
    Tensor strided = scope.conv("a", Tensor.concat(image, grid), 5, Window.of(3).stride(2));
    Tensor grouped =
        scope.conv("b", Tensor.concat(grid, enlarged("two", 1, 1, false)), 6, Window.of(3));
    Tensor free = scope.conv("c", Tensor.concat(image, pooled), 5, 3);

    assertThat(enlargements(source(FOLDED, strided))).isEqualTo(1);
    assertThat(enlargements(source(FOLDED, grouped))).isEqualTo(2);
    assertThat(enlargements(source(FOLDED, free))).isEqualTo(1);
  }
}
