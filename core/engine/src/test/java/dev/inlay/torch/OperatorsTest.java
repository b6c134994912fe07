package dev.inlay.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.Dim;
import dev.inlay.Init;
import dev.inlay.Tensor;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operator against PyTorch: values, element type, the described shape, and gradients.
 * operators.py computes the golden values.
 */
final class OperatorsTest {

  private static final Golden GOLDEN = Golden.read("operators");
  private static final Map<String, OperatorCases.Case> CASES = OperatorCases.all();
  private static final Map<String, Operator> NAMED_OTHERWISE =
      Map.of(
          "raw/one-hot", Operator.ONE_HOT,
          "raw/diagonal", Operator.DIAGONAL,
          "contiguous/channels-last", Operator.CHANNELS_LAST);
  private static final List<Tensor.Type> ENGINE_TYPES =
      List.of(Tensor.Type.FLOAT, Tensor.Type.INTEGER, Tensor.Type.BOOLEAN);

  static Set<String> cases() {
    return CASES.keySet();
  }

  @Test
  void everyOperatorHasACaseAndEveryCaseItsValues() {
    Set<Operator> covered = EnumSet.of(Operator.INPUT, Operator.PARAMETER);
    covered.addAll(CountedOperatorsTest.OPERATORS);
    covered.addAll(ChoiceOperatorsTest.OPERATORS);
    covered.addAll(ArrangementOperatorsTest.OPERATORS);
    covered.addAll(RankingOperatorsTest.OPERATORS);
    CASES.keySet().forEach(name -> covered.add(operator(name)));
    Set<String> golden = new TreeSet<>();
    GOLDEN.values().keySet().forEach(key -> golden.add(key.substring(0, key.indexOf('.'))));

    assertThat(covered).containsExactlyInAnyOrder(Operator.values());
    assertThat(CASES.keySet()).containsExactlyInAnyOrderElementsOf(golden);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void computesAsPyTorchDoes(String name) {
    Described described = new Described(name);
    assertThat(described.operators()).contains(operator(name));

    ProgramOptions options =
        CASES.get(name).training() ? ProgramOptions.TRAINING : ProgramOptions.INFERENCE;
    List<HostArray> results =
        GraphRunner.run(
            described.graph,
            List.of(described.output, typeOf(described.output)),
            options,
            described.buffers,
            described.inputs);

    HostArray expected = GOLDEN.get(name + ".output");
    assertThat(described.promisedShape()).as("promised shape").isEqualTo(expected.shape());
    Closeness.assertClose(name, results.get(0), expected, 1e-5);
    assertThat(ENGINE_TYPES.get((int) results.get(1).values()[0]))
        .as("element type")
        .isEqualTo(described.output.type());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hasTheGradientsOfPyTorch(String name) {
    if (!GOLDEN.has(name + ".cotangent")) {
      return; // no gradient flows through whole numbers and truth values
    }
    Described described = new Described(name);
    ProgramOptions options =
        CASES.get(name).training() ? ProgramOptions.TRAINING : ProgramOptions.INFERENCE;
    Map<String, HostArray> gradients =
        GraphRunner.gradients(
            described.graph,
            List.of(described.output),
            options,
            List.of(GOLDEN.get(name + ".cotangent")),
            described.buffers,
            described.inputs);

    Set<String> expected = new TreeSet<>();
    for (int n = 0; GOLDEN.has(name + ".input." + n); n++) {
      String key = name + ".grad." + n;
      if (GOLDEN.has(key)) {
        expected.add("x" + n);
        assertThat(gradients).containsKey("x" + n);
        Closeness.assertClose(key, gradients.get("x" + n), GOLDEN.get(key), 1e-5);
      }
    }
    assertThat(gradients.keySet()).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** The golden file has some cases under the engine's former function names. */
  private static Operator operator(String name) {
    if (NAMED_OTHERWISE.containsKey(name)) {
      return NAMED_OTHERWISE.get(name);
    }
    return Operator.valueOf(name.substring(0, name.indexOf('/')).toUpperCase(Locale.ROOT));
  }

  /** The engine's element type: 0 for floating-point, 1 for whole numbers, 2 for truth values. */
  private static Tensor typeOf(Tensor tensor) {
    String number =
        "torch.add(torch.mul(torch.tensor(torch.is_floating_point($0)), -1),"
            + " torch.add(torch.mul(torch.tensor(torch.eq(ops.prim.dtype($0), 11)), 1), 1))";
    return tensor.raw(number, Tensor.Type.INTEGER, List.of());
  }

  /** A case as a graph with symbolic sizes, with its values. */
  private static final class Described {

    final Graph graph = new Graph();
    final Map<String, HostArray> inputs = new LinkedHashMap<>();
    final Map<String, HostArray> buffers = new LinkedHashMap<>();
    final Tensor output;
    private final Map<String, Long> symbols = new HashMap<>();

    Described(String name) {
      List<Tensor> tensors = new ArrayList<>();
      for (String sizes : CASES.get(name).inputs().split("; ")) {
        int n = tensors.size();
        HostArray value = GOLDEN.get(name + ".input." + n);
        tensors.add(
            sizes.startsWith("~")
                ? buffer("x" + n, value)
                : input("x" + n, GOLDEN.types().get(name + ".input." + n), sizes, value));
      }
      output = CASES.get(name).description().apply(tensors);
    }

    private Tensor buffer(String name, HostArray value) {
      buffers.put(name, value);
      return graph.scope("").buffer(name, Init.ZERO, value.shape());
    }

    private Tensor input(String name, Tensor.Type type, String sizes, HostArray value) {
      List<Dim> dims = new ArrayList<>();
      for (String size : sizes.split(",")) {
        long actual = value.shape()[dims.size()];
        boolean symbol = Character.isLetter(size.charAt(0));
        assertThat(symbol ? symbols.merge(size, actual, (a, b) -> b) : Long.valueOf(size))
            .as("size of %s", name)
            .isEqualTo(actual);
        dims.add(symbol ? Dim.symbol(size) : Dim.of(actual));
      }
      inputs.put(name, value);
      return graph.input(name, type, dims.toArray(Dim[]::new));
    }

    long[] promisedShape() {
      return output.shape().stream().mapToLong(size -> size.value(symbols)).toArray();
    }

    Set<Operator> operators() {
      Set<Operator> operators = EnumSet.noneOf(Operator.class);
      Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
      Deque<Node> open = new ArrayDeque<>(List.of((Node) output));
      while (!open.isEmpty()) {
        Node node = open.pop();
        if (seen.add(node)) {
          operators.add(node.operator());
          open.addAll(node.operands());
        }
      }
      return operators;
    }
  }
}
