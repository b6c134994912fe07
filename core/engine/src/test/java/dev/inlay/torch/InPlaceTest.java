package dev.inlay.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.Dim;
import dev.inlay.Init;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Tensor.Type;
import dev.inlay.Window;
import dev.inlay.compile.Program;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.compile.pass.Bfloat16;
import dev.inlay.compile.torch.Source;
import dev.inlay.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * In-place operations never change a value that another operation or a gradient reads.
 *
 * <p>The graphs are random, of operators that overwrite, view or keep. The same graph with every
 * value as an output overwrites nothing and must have the same results.
 */
final class InPlaceTest {

  private static final int STEPS = 14;

  private final Graph graph = new Graph();
  private final Scope scope = graph.scope("net");
  private final List<Tensor> values = new ArrayList<>();

  private void describe(SplittableRandom random) {
    values.add(graph.input("image", Type.FLOAT, Dim.of(2), Dim.of(4), Dim.of(3), Dim.of(3)));
    for (int step = 0; step < STEPS; step++) {
      // Mostly the latest value, because overwriting occurs in chains.
      Tensor x = pick(random);
      values.add(next("s" + step, random.nextInt(22), x, pick(random)));
    }
  }

  private Tensor pick(SplittableRandom random) {
    int last = values.size() - 1;
    return values.get(random.nextInt(3) > 0 ? last : random.nextInt(values.size()));
  }

  private Tensor next(String name, int kind, Tensor x, Tensor y) {
    return switch (kind) {
      case 0, 1, 2, 3 -> x.relu();
      case 4, 5, 6 -> x.plus(y);
      case 7 -> x.plus(x);
      case 8 -> x.minus(y);
      case 9 -> x.times(y.sigmoid());
      case 10 -> x.sigmoid();
      case 11 -> scope.conv(name, x, 4, 3);
      case 12 -> scope.norm(name, x);
      case 13 -> x.permute(0, 1, 3, 2);
      case 14 -> x.reshape(2, 4, 9).relu().reshape(2, 4, 3, 3);
      case 15 -> Tensor.concat(x.slice(1, 0, 2), y.slice(1, 2, 4));
      case 16 -> x.maxPool(Window.of(3));
      case 17 -> x.plus(y.mean(2, 3));
      case 18 -> x.resize(Dim.of(3), Dim.of(3), true);
      case 19 -> x.times(scope.parameter(name, Init.ONE, 1, 4, 1, 1)).plus(0.1);
      case 20 -> x.detach().plus(y);
      case 21 ->
          x.reshape(2, 4, 9)
              .matmul(y.reshape(2, 9, 4))
              .matmul(x.reshape(2, 4, 9).tanh())
              .times(0.1)
              .reshape(2, 4, 3, 3);
      default -> throw new IllegalStateException();
    };
  }

  static IntStream seeds() {
    return IntStream.range(0, 64);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomGraphsComputeTheSameWithoutOverwriting(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    describe(random);
    List<Tensor> outputs = new ArrayList<>(List.of(values.get(values.size() - 1)));
    outputs.add(values.get(1 + random.nextInt(STEPS)));
    List<Tensor> everything = new ArrayList<>(outputs);
    everything.addAll(values);
    boolean training = seed % 2 == 1;
    boolean low = seed % 4 > 1;
    ProgramOptions options = training ? ProgramOptions.TRAINING : ProgramOptions.INFERENCE;
    options = low ? options.inBfloat16() : options;
    options = seed % 8 > 3 ? options.channelsLast() : options;

    Program program = new Program(graph, everything, options);
    assertThat(Source.forward(program).lines().filter(line -> line.contains("_(")))
        .as("overwriting inside of single steps")
        .allMatch(line -> line.contains("[2, 4, 9]") || line.contains("[2, 4, 3, 3]"));
    check(random, outputs, everything, options);
  }

  private void check(
      SplittableRandom random,
      List<Tensor> outputs,
      List<Tensor> everything,
      ProgramOptions options) {
    Map<String, HostArray> parameters = Values.of(graph, 5);
    Map<String, HostArray> inputs = Map.of("image", Values.uniform(random, -1, 1, 2, 4, 3, 3));
    List<HostArray> actual = GraphRunner.run(graph, outputs, options, parameters, inputs);
    List<HostArray> expected = GraphRunner.run(graph, everything, options, parameters, inputs);
    for (int i = 0; i < outputs.size(); i++) {
      Closeness.assertClose("output " + i, actual.get(i), expected.get(i), 1e-5);
    }

    List<HostArray> cotangents = new ArrayList<>();
    for (Tensor output : everything) {
      int most = cotangents.size() < outputs.size() ? 1 : 0;
      cotangents.add(Values.uniform(random, -most, most, Values.shape(output)));
    }
    // With more users, gradients are summed in another order. This is visible in bfloat16 and in
    // sums that cancel, such as a bias before a normalisation.
    double tolerance = options.has(Bfloat16.class) ? 3e-2 : 1e-4;
    Map<String, HostArray> gradients =
        GraphRunner.gradients(
            graph, outputs, options, cotangents.subList(0, outputs.size()), parameters, inputs);
    Map<String, HostArray> expectedGradients =
        GraphRunner.gradients(graph, everything, options, cotangents, parameters, inputs);
    gradients.forEach(
        (name, gradient) ->
            Closeness.assertClose(
                name, gradient, expectedGradients.get(name), tolerance, tolerance / 10));
  }
}
