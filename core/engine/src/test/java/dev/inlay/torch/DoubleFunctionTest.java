package dev.inlay.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.Dim;
import dev.inlay.Init;
import dev.inlay.Tensor;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Graph;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class DoubleFunctionTest {

  private static HostArray values(float... values) {
    return new HostArray(new long[] {values.length}, values);
  }

  /** A step of 1e-7 is lost in single precision, where it would give a slope of 0. */
  @Test
  void differencesOfSmallStepsEqualGradients() {
    Graph graph = new Graph();
    Tensor x = graph.input("x", Tensor.Type.FLOAT, Dim.of(3));
    Tensor weight = graph.scope("").parameter("weight", Init.ONE, 3);
    Tensor y = x.times(weight).tanh().exp();
    try (DoubleFunction function =
        new DoubleFunction(
            graph,
            List.of(y),
            ProgramOptions.INFERENCE,
            Map.of("weight", values(0.5f, -1, 2)),
            Map.of("x", values(1, 0.25f, -0.5f)))) {
      assertThat(function.variables()).containsExactly("x", "weight");
      for (String name : function.variables()) {
        double[] gradient = Objects.requireNonNull(function.gradients().get(name));
        for (int i = 0; i < 3; i++) {
          double[] above = function.at(name);
          double[] below = function.at(name);
          above[i] += 1e-7;
          below[i] -= 1e-7;
          double slope =
              (function.value(Map.of(name, above)) - function.value(Map.of(name, below))) / 2e-7;
          assertThat(slope).as("%s at %d", name, i).isCloseTo(gradient[i], within(1e-7));
        }
      }
    }
  }

  /** What is made of whole numbers is as precise as the floating-point numbers beside it. */
  @Test
  void wholeNumbersBecomeDoubles() {
    Graph graph = new Graph();
    Tensor labels = graph.input("labels", Tensor.Type.INTEGER, Dim.of(1), Dim.of(2), Dim.of(2));
    Tensor x = graph.input("x", Tensor.Type.FLOAT, Dim.of(1), Dim.of(3), Dim.of(2), Dim.of(2));
    Tensor hot = labels.reshape(1, 1, 2, 2).oneHot(3).asFloat();
    Tensor products = hot.flat().matmul(x.flat().permute(0, 2, 1));
    Tensor present = labels.present(3, 255).matmul(x.mean(2, 3).reshape(3, 1));
    HostArray ones = new HostArray(new long[] {1, 3, 2, 2}, new float[12]);
    HostArray ids = new HostArray(new long[] {1, 2, 2}, new float[] {0, 1, 2, 255});
    try (DoubleFunction function =
        new DoubleFunction(
            graph,
            List.of(products, present),
            ProgramOptions.INFERENCE,
            Map.of(),
            Map.of("labels", ids, "x", ones))) {
      assertThat(function.variables()).containsExactly("x");
      assertThat(function.value(Map.of())).isZero();
      assertThat(function.gradients().get("x")).hasSize(12);
    }
  }

  @Test
  void shapesAndTypesAreMeasured() {
    Graph graph = new Graph();
    Tensor x = graph.input("x", Tensor.Type.FLOAT, Dim.symbol("N"));
    Tensor wide = x.raw("torch.to($0, 7)", Tensor.Type.FLOAT, x.shape());
    try (Computation computation =
        new Computation(
            graph, List.of(x.greaterThan(0), wide), ProgramOptions.INFERENCE, Map.of())) {
      List<Measured> measured = computation.measure(Map.of("x", values(1, 2)));
      assertThat(measured.get(0).shape()).containsExactly(2L);
      assertThat(measured.get(0).type()).contains(Tensor.Type.BOOLEAN);
      assertThat(measured.get(1).stored()).isEqualTo("float64");
      assertThat(measured.get(1).type()).isEmpty();
    }
  }
}
