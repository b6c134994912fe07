package dev.inlay.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

/** Powers, comparisons, masks and choices by masks, whose results are exact numbers. */
final class ChoiceOperatorsTest {

  /** The operators that are tested in this class. */
  static final Set<Operator> OPERATORS =
      EnumSet.of(
          Operator.POW,
          Operator.WHERE,
          Operator.GREATER_OR_EQUAL,
          Operator.LESS,
          Operator.LESS_OR_EQUAL);

  private static final HostArray X = array(-2, -0.5f, 0, 0.5f, 1, 4);
  private static final HostArray Y = array(1, -0.5f, 2, -3, 1, 5);

  private final Graph graph = new Graph();
  private final Tensor x = graph.input("x", Tensor.Type.FLOAT, Dim.symbol("B"), Dim.of(3));
  private final Tensor y = graph.input("y", Tensor.Type.FLOAT, Dim.symbol("B"), Dim.of(3));

  private static HostArray array(float... values) {
    return new HostArray(new long[] {2, 3}, values);
  }

  private float[] run(Tensor output) {
    return run(output, ProgramOptions.INFERENCE);
  }

  private float[] run(Tensor output, ProgramOptions options) {
    Map<String, HostArray> given = Map.of("x", X, "y", Y);
    return GraphRunner.run(graph, List.of(output), options, Map.of(), given).get(0).values();
  }

  private Map<String, HostArray> gradients(Tensor output, float... cotangents) {
    return GraphRunner.gradients(
        graph,
        List.of(output),
        ProgramOptions.INFERENCE,
        List.of(array(cotangents)),
        Map.of(),
        Map.of("x", X, "y", Y));
  }

  @Test
  void powersAreFloatingPoint() {
    assertThat(run(x.pow(2))).containsExactly(4, 0.25f, 0, 0.25f, 1, 16);
    assertThat(run(x.pow(3))).containsExactly(-8, -0.125f, 0, 0.125f, 1, 64);
    assertThat(run(x.pow(0))).containsExactly(1, 1, 1, 1, 1, 1);
    assertThat(run(x.abs().pow(-1))).containsExactly(0.5f, 2, Float.POSITIVE_INFINITY, 2, 1, 0.25f);
    assertThat(run(x.pow(0.5)))
        .containsExactly(Float.NaN, Float.NaN, 0, (float) Math.sqrt(0.5), 1, 2);
    Tensor whole = x.argmax(1);
    assertThat(whole.type()).isEqualTo(Tensor.Type.INTEGER);
    assertThat(whole.pow(2).type()).isEqualTo(Tensor.Type.FLOAT);
    assertThat(run(whole.pow(2))).containsExactly(4, 4);
    assertThat(x.pow(2).shape()).isEqualTo(x.shape());
  }

  @Test
  void powersHaveTheirGradients() {
    float[] slopes = gradients(x.pow(3), 1, 2, 3, 4, 5, 6).get("x").values();
    float[] values = X.values();
    for (int i = 0; i < values.length; i++) {
      assertThat(slopes[i]).isEqualTo((i + 1) * 3 * values[i] * values[i]);
    }
  }

  @Test
  void valuesAreComparedWithNumbers() {
    assertTruth(x.equalTo(0.5), 0, 0, 0, 1, 0, 0);
    assertTruth(x.greaterThan(0.5), 0, 0, 0, 0, 1, 1);
    assertTruth(x.greaterOrEqual(0.5), 0, 0, 0, 1, 1, 1);
    assertTruth(x.lessThan(0.5), 1, 1, 1, 0, 0, 0);
    assertTruth(x.lessOrEqual(0.5), 1, 1, 1, 1, 0, 0);
  }

  @Test
  void valuesAreComparedWithEachOther() {
    assertTruth(x.equalTo(y), 0, 1, 0, 0, 1, 0);
    assertTruth(x.greaterThan(y), 0, 0, 0, 1, 0, 0);
    assertTruth(x.greaterOrEqual(y), 0, 1, 0, 1, 1, 0);
    assertTruth(x.lessThan(y), 1, 0, 1, 0, 0, 1);
    assertTruth(x.lessOrEqual(y), 1, 1, 1, 0, 1, 1);
    assertTruth(x.lessThan(y.slice(1, 0, 1)), 1, 1, 1, 0, 0, 0);
  }

  private void assertTruth(Tensor truth, float... expected) {
    assertThat(truth.type()).isEqualTo(Tensor.Type.BOOLEAN);
    assertThat(truth.shape()).isEqualTo(x.shape());
    assertThat(run(truth.asFloat())).containsExactly(expected);
  }

  @Test
  void aConditionChoosesValuesAndGradients() {
    Tensor larger = x.where(x.greaterThan(y), y);
    assertThat(larger.shape()).isEqualTo(x.shape());
    assertThat(run(larger)).containsExactly(1, -0.5f, 2, 0.5f, 1, 5);

    Map<String, HostArray> gradients = gradients(larger, 1, 2, 3, 4, 5, 6);
    assertThat(gradients.get("x").values()).containsExactly(0, 0, 0, 4, 0, 0);
    assertThat(gradients.get("y").values()).containsExactly(1, 2, 3, 0, 5, 6);
  }

  @Test
  void aChoiceIsBroadcast() {
    Tensor first = y.slice(1, 0, 1);
    Tensor chosen = first.where(x.lessThan(0), x);
    assertThat(chosen.shape()).isEqualTo(x.shape());
    assertThat(run(chosen)).containsExactly(1, 1, 0, 0.5f, 1, 4);
  }

  @Test
  void bfloat16ChoosesAmongValuesOfOneType() {
    Tensor product = x.matmul(y.permute(1, 0)); // in bfloat16, which has these numbers exactly
    Tensor chosen = product.where(product.greaterThan(0), product.times(-1)).pow(2);
    assertThat(run(chosen, ProgramOptions.INFERENCE.inBfloat16()))
        .containsExactly(3.0625f, 30.25f, 64, 380.25f);
  }

  @Test
  void aConditionIsAMask() {
    assertThatThrownBy(() -> x.where(y, y))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining(
            "a choice of values needs a mask of type BOOLEAN, got (B,3) of type FLOAT");
    assertThatThrownBy(() -> x.where(x.greaterThan(0), y.permute(1, 0)))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("can't be broadcast together");
  }

  @Test
  void anIdThatIsNoClassIsNoClassOfItsEncoding() {
    Tensor labels =
        graph.input(
            "labels", Tensor.Type.INTEGER, Dim.symbol("B"), Dim.symbol("H"), Dim.symbol("W"));
    HostArray ids = new HostArray(new long[] {2, 1, 3}, new float[] {0, 255, 2, -1, 1, 3});
    Tensor encoded =
        labels.reshape(labels.batch(), 1, labels.dim(1), labels.dim(2)).oneHot(3).asFloat();
    assertThat(runOn(ids, encoded))
        .containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0);
    assertThat(runOn(ids, labels.ignored(255).asFloat())).containsExactly(0, 1, 0, 0, 0, 0);
  }

  private float[] runOn(HostArray labels, Tensor output) {
    return GraphRunner.run(
            graph, List.of(output), ProgramOptions.INFERENCE, Map.of(), Map.of("labels", labels))
        .get(0)
        .values();
  }
}
