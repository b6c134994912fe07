package dev.inlay.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.inlay.Init;
import dev.inlay.InlayException;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.compile.OptimizerRule;
import dev.inlay.compile.OptimizerUpdate;
import dev.inlay.compile.torch.UpdateSource;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Parameter;
import dev.inlay.standard.Sgd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The updates that optimizers describe, run in the engine. */
final class OptimizerUpdateTest {

  /** A fused SGD, as the engine computes it on lists. */
  private static final String FUSED_SGD =
      """
        def forward(self, rate: Tensor, w: List[Tensor], g: List[Tensor], m: List[Tensor]) -> Tensor:
          rate_ = torch.FloatImplicit(rate)
          torch._foreach_add_(g, w, alpha=5.0E-4)
          torch._foreach_mul_(m, 0.9)
          torch._foreach_add_(m, g)
          torch._foreach_add_(w, m, alpha=torch.neg(rate_))
          return rate
      """;

  private static final List<Parameter> PARAMETERS =
      List.of(parameter("a.weight", 3, 5, 7), parameter("a.bias", 19), parameter("b.weight", 19));

  private static Parameter parameter(String name, long... shape) {
    Graph graph = new Graph();
    graph.scope("").parameter(name, Init.ONE, shape);
    return graph.parameters().values().iterator().next();
  }

  /** Weights and an optimizer's memory in the engine. */
  private static final class Updating implements AutoCloseable {

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Map<String, NDArray> values = new LinkedHashMap<>();
    private final OptimizerUpdate update;
    private final UpdateSource source;
    private final Script script;

    Updating(Function<Parameter, OptimizerRule<?>> rules, Map<String, float[]> weights) {
      update = new OptimizerUpdate(PARAMETERS, rules);
      source = new UpdateSource(update);
      script = new Script(manager, source.source());
      for (Parameter parameter : PARAMETERS) {
        values.put(parameter.name(), array(parameter, weights.get(parameter.name())));
      }
      for (Parameter part : update.memory()) {
        boolean counts = part.kind() == Parameter.Kind.COUNTER;
        NDArray zeros = manager.zeros(shape(part), counts ? DataType.INT64 : DataType.FLOAT32);
        values.put(part.name(), zeros);
      }
    }

    private NDArray array(Parameter parameter, float[] floats) {
      return manager.create(floats, shape(parameter));
    }

    private static Shape shape(Parameter parameter) {
      return new Shape(parameter.shape().stream().mapToLong(Long::longValue).toArray());
    }

    void apply(double rate, Map<String, float[]> gradients) {
      Map<String, NDArray> given = new LinkedHashMap<>();
      PARAMETERS.forEach(p -> given.put(p.name(), array(p, gradients.get(p.name()))));
      NDList arguments = new NDList(manager.create((float) rate));
      source.weights().forEach((list, names) -> arguments.addAll(list(list, names, values)));
      source.gradients().forEach((list, names) -> arguments.addAll(list(list, names, given)));
      source.memory().forEach((list, names) -> arguments.addAll(list(list, names, values)));
      script.train(arguments);
    }

    private static NDList list(String list, List<String> names, Map<String, NDArray> from) {
      return Script.list(list, names.stream().map(from::get).toList());
    }

    float[] value(String name) {
      try (NDArray floats = values.get(name).toType(DataType.FLOAT32, true)) {
        return floats.toFloatArray();
      }
    }

    @Override
    public void close() {
      script.close();
      manager.close();
    }
  }

  private static Map<String, float[]> random(SplittableRandom random) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Parameter parameter : PARAMETERS) {
      float[] floats = new float[(int) parameter.size()];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) random.nextDouble(-1, 1);
      }
      values.put(parameter.name(), floats);
    }
    return values;
  }

  private static double[] rates() {
    return new double[] {0.1, 0.0987654321, 0.07, 0.0000123, 1};
  }

  @Test
  void sgdIsBitForBitTheFusedOne() {
    SplittableRandom random = new SplittableRandom(1);
    Map<String, float[]> weights = random(random);
    OptimizerRule<?> sgd = OptimizerRule.of(new Sgd(), new Sgd.Options(0.9, 5e-4, false));
    try (Updating updating = new Updating(each -> sgd, weights);
        NDManager manager = NDManager.newBaseManager("PyTorch");
        Script fused = new Script(manager, FUSED_SGD)) {
      List<NDArray> w = new ArrayList<>();
      List<NDArray> m = new ArrayList<>();
      for (Parameter parameter : PARAMETERS) {
        Shape shape = Updating.shape(parameter);
        w.add(manager.create(weights.get(parameter.name()), shape));
        m.add(manager.zeros(shape, DataType.FLOAT32));
      }
      for (double rate : rates()) {
        Map<String, float[]> gradients = random(random);
        updating.apply(rate, gradients);
        List<NDArray> g =
            PARAMETERS.stream()
                .map(p -> manager.create(gradients.get(p.name()), Updating.shape(p)))
                .toList();
        fused.train(
            new NDList(manager.create((float) rate)),
            Script.list("w", w),
            Script.list("g", g),
            Script.list("m", m));
        for (int i = 0; i < PARAMETERS.size(); i++) {
          String name = PARAMETERS.get(i).name();
          assertThat(updating.value(name)).as(name).containsExactly(w.get(i).toFloatArray());
          assertThat(updating.value(name + "/velocity"))
              .as(name)
              .containsExactly(m.get(i).toFloatArray());
        }
      }
    }
  }

  @Test
  void sgdIsTheFormulaOfItsDocumentation() {
    SplittableRandom random = new SplittableRandom(2);
    Map<String, float[]> weights = random(random);
    float[] w = weights.get("a.weight").clone();
    float[] v = new float[w.length];
    OptimizerRule<?> sgd = OptimizerRule.of(new Sgd(), new Sgd.Options(0.8, 0.01, false));
    try (Updating updating = new Updating(each -> sgd, weights)) {
      for (double rate : rates()) {
        Map<String, float[]> gradients = random(random);
        float[] g = gradients.get("a.weight");
        for (int i = 0; i < w.length; i++) {
          v[i] = 0.8f * v[i] + (g[i] + 0.01f * w[i]);
          w[i] = w[i] - (float) rate * v[i];
        }
        updating.apply(rate, gradients);
      }
      assertClose(updating.value("a.weight"), w);
    }
  }

  /** torch.optim.SGD with nesterov: the gradient, changed by the decay, plus momentum times v. */
  @Test
  void nesterovLooksAhead() {
    SplittableRandom random = new SplittableRandom(9);
    Map<String, float[]> weights = random(random);
    double[] w = doubles(weights.get("a.weight"));
    double[] v = new double[w.length];
    OptimizerRule<?> sgd = OptimizerRule.of(new Sgd(), new Sgd.Options(0.8, 0.01, true));
    try (Updating updating = new Updating(each -> sgd, weights)) {
      assertThat(updating.update.groups()).allMatch(group -> group.onLists().isPresent());
      for (double rate : rates()) {
        Map<String, float[]> gradients = random(random);
        float[] g = gradients.get("a.weight");
        for (int i = 0; i < w.length; i++) {
          double decayed = g[i] + 0.01 * w[i];
          v[i] = 0.8 * v[i] + decayed;
          w[i] -= rate * (decayed + 0.8 * v[i]);
        }
        updating.apply(rate, gradients);
      }
      assertClose(updating.value("a.weight"), floats(w));
    }
  }

  @Test
  void sgdTakesFourOperationsOnListsAndNoMemoryOfItsOwn() {
    OptimizerRule<?> sgd = OptimizerRule.of(new Sgd(), new Sgd.Options(0.9, 5e-4, false));
    UpdateSource source = new UpdateSource(new OptimizerUpdate(PARAMETERS, each -> sgd));

    assertThat(source.source().lines().map(line -> line.strip().replaceAll("  #.*", "")))
        .filteredOn(line -> line.startsWith("torch._foreach_") || line.contains(" = torch._"))
        .containsExactlyInAnyOrder(
            "torch._foreach_mul_(m0_0, 0.9)",
            "torch._foreach_add_(g0, w0, alpha=5.0e-4)",
            "torch._foreach_add_(m0_0, g0)",
            "torch._foreach_sub_(w0, m0_0, alpha=rate_)");
    assertThat(source.weights()).containsOnlyKeys("w0");
  }

  /** Adam: Kingma and Ba, ICLR 2015, algorithm 1. */
  private static Tensor adam(Tensor weight, Tensor gradient, Tensor rate, Scope memory) {
    Tensor count = memory.counter("count");
    Tensor first = memory.bufferLike("first", Init.ZERO, weight);
    Tensor second = memory.bufferLike("second", Init.ZERO, weight);
    Tensor steps = count.plus(1);
    Tensor mean = first.times(0.9).plus(gradient.times(0.1));
    Tensor square = second.times(0.999).plus(gradient.times(gradient).times(0.001));
    memory.update(count, steps);
    memory.update(first, mean);
    memory.update(second, square);
    Tensor firstBias = steps.asFloat().times(Math.log(0.9)).exp().times(-1).plus(1);
    Tensor secondBias = steps.asFloat().times(Math.log(0.999)).exp().times(-1).plus(1);
    Tensor spread = square.div(secondBias).sqrt().plus(1e-8);
    return weight.minus(mean.div(firstBias).div(spread).times(rate));
  }

  @Test
  void anOptimizerWithCountersAndSeveralBuffersRunsOnLists() {
    SplittableRandom random = new SplittableRandom(3);
    Map<String, float[]> weights = random(random);
    double[] w = doubles(weights.get("b.weight"));
    double[] m = new double[w.length];
    double[] v = new double[w.length];
    try (Updating updating = new Updating(each -> Rule.of(OptimizerUpdateTest::adam), weights)) {
      assertThat(updating.update.groups()).allMatch(group -> group.onLists().isPresent());
      int t = 0;
      for (double rate : rates()) {
        t++;
        Map<String, float[]> gradients = random(random);
        float[] g = gradients.get("b.weight");
        for (int i = 0; i < w.length; i++) {
          m[i] = 0.9 * m[i] + 0.1 * g[i];
          v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
          double spread = Math.sqrt(v[i] / (1 - Math.pow(0.999, t))) + 1e-8;
          w[i] -= rate * m[i] / (1 - Math.pow(0.9, t)) / spread;
        }
        updating.apply(rate, gradients);
      }
      assertClose(updating.value("b.weight"), floats(w));
      assertThat(updating.value("b.weight/count")).containsExactly(rates().length);
    }
  }

  @Test
  void aRuleThatNeedsAWholeTensorRunsOnEach() {
    // A step of the length of the learning rate against the gradient, independent of the gradient's
    // length.
    Rule normed =
        (weight, gradient, rate, memory) -> {
          Tensor length = gradient.times(gradient).reshape(size(weight)).sum(0).sqrt();
          return weight.minus(gradient.div(length.reshape()).times(rate));
        };
    Map<String, float[]> weights = random(new SplittableRandom(4));
    Map<String, float[]> gradients = random(new SplittableRandom(5));
    try (Updating updating = new Updating(each -> Rule.of(normed), weights)) {
      updating.apply(0.5, gradients);
      for (Parameter parameter : PARAMETERS) {
        double[] w = doubles(weights.get(parameter.name()));
        double[] g = doubles(gradients.get(parameter.name()));
        double length = Math.sqrt(Arrays.stream(g).map(x -> x * x).sum());
        for (int i = 0; i < w.length; i++) {
          w[i] -= 0.5 * g[i] / length;
        }
        assertClose(updating.value(parameter.name()), floats(w));
      }
    }
  }

  private static long size(Tensor tensor) {
    return tensor.shape().stream().mapToLong(size -> size.value()).reduce(1, (a, b) -> a * b);
  }

  @Test
  void theMemoryMayKeepAnOldWeight() {
    Rule rule =
        (weight, gradient, rate, memory) -> {
          Tensor old = memory.bufferLike("old", Init.ZERO, weight);
          memory.update(old, weight);
          return old;
        };
    for (Rule each : List.of(rule, onEach(rule))) {
      Map<String, float[]> weights = random(new SplittableRandom(6));
      try (Updating updating = new Updating(p -> Rule.of(each), weights)) {
        updating.apply(1, weights);
        assertThat(updating.value("a.bias")).containsOnly(0);
        assertThat(updating.value("a.bias/old")).containsExactly(weights.get("a.bias"));
        updating.apply(1, weights);
        assertThat(updating.value("a.bias")).containsExactly(weights.get("a.bias"));
        assertThat(updating.value("a.bias/old")).containsOnly(0);
      }
    }
  }

  @Test
  void groupsHaveRatesAndDecaysOfTheirOwn() {
    OptimizerRule<?> sgd = OptimizerRule.of(new Sgd(), new Sgd.Options(0, 0.5, false));
    Map<String, float[]> weights = random(new SplittableRandom(7));
    Map<String, float[]> gradients = random(new SplittableRandom(8));
    Function<Parameter, OptimizerRule<?>> rules =
        p -> p.name().endsWith("bias") ? sgd.times(2, 0) : sgd;
    try (Updating updating = new Updating(rules, weights)) {
      updating.apply(0.25, gradients);
      float[] bias = weights.get("a.bias").clone();
      float[] weight = weights.get("b.weight").clone();
      for (int i = 0; i < bias.length; i++) {
        bias[i] -= 0.5f * gradients.get("a.bias")[i];
        weight[i] -= 0.25f * (gradients.get("b.weight")[i] + 0.5f * weight[i]);
      }
      assertClose(updating.value("a.bias"), bias);
      assertClose(updating.value("b.weight"), weight);
    }
  }

  /** The same rule with an operation that has no form for lists. */
  private static Rule onEach(Rule rule) {
    return (weight, gradient, rate, memory) ->
        rule.next(weight, gradient, rate, memory).reshape(weight.shape().toArray());
  }

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomRulesComputeTheSameOnListsAndOnEach(int seed) {
    Rule rule = (weight, gradient, rate, memory) -> chance(seed, weight, gradient, rate, memory);
    Map<String, float[]> weights = random(new SplittableRandom(seed));
    try (Updating lists = new Updating(each -> Rule.of(rule), weights);
        Updating single = new Updating(each -> Rule.of(onEach(rule)), weights)) {
      assertThat(lists.update.groups()).allMatch(group -> group.onLists().isPresent());
      assertThat(single.update.groups()).noneMatch(group -> group.onLists().isPresent());
      SplittableRandom random = new SplittableRandom(~seed);
      for (double rate : rates()) {
        Map<String, float[]> gradients = random(random);
        lists.apply(rate, gradients);
        single.apply(rate, gradients);
        lists.values.keySet().forEach(n -> assertClose(lists.value(n), single.value(n)));
      }
    }
  }

  private static Tensor chance(
      int seed, Tensor weight, Tensor gradient, Tensor rate, Scope memory) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor one = memory.bufferLike("one", Init.ZERO, weight);
    Tensor two = memory.bufferLike("two", Init.ZERO, weight);
    List<Tensor> values = new ArrayList<>(List.of(weight, gradient, one, two));
    for (int i = 0; i < 10; i++) {
      Tensor x = values.get(random.nextInt(values.size()));
      Tensor y = values.get(random.nextInt(values.size()));
      List<UnaryOperator<Tensor>> operations =
          List.of(
              a -> a.plus(y),
              a -> a.minus(y),
              a -> a.plus(y.times(0.5)),
              a -> a.minus(y.times(rate)),
              a -> rate.times(0.5).times(a),
              a -> a.times(y),
              a -> a.tanh(),
              a -> a.abs().plus(1).sqrt(),
              a -> a.pow(2),
              a -> rate.pow(2).times(a),
              a -> a.maximum(y),
              a -> a.atLeast(-0.5),
              a -> a.detach(),
              a -> a.div(y.abs().plus(1)));
      values.add(operations.get(random.nextInt(operations.size())).apply(x).tanh());
      values.add(operations.get(random.nextInt(operations.size())).apply(x).times(0.5));
    }
    memory.update(one, values.get(random.nextInt(values.size())));
    memory.update(two, values.get(random.nextInt(values.size())));
    return values.get(random.nextInt(values.size()));
  }

  @Test
  void aRuleMustKeepTheShape() {
    Rule rule = (weight, gradient, rate, memory) -> weight.reshape(size(weight), 1);
    assertThatThrownBy(() -> new OptimizerUpdate(PARAMETERS, each -> Rule.of(rule)))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("The optimizer 'trial' returns a weight ")
        .hasMessageContaining("It must keep the shape and the type.");
  }

  @Test
  void theMemoryHoldsNothingThatIsTrained() {
    Rule rule =
        (weight, gradient, rate, memory) -> weight.plus(memory.parameter("more", Init.ONE, 1));
    assertThatThrownBy(() -> new OptimizerUpdate(PARAMETERS, each -> Rule.of(rule)))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("has the trained parameter 'more' in its memory");
  }

  private static void assertClose(float[] actual, float[] expected) {
    HostArray wanted = new HostArray(new long[] {expected.length}, expected);
    Closeness.assertClose(
        "values", new HostArray(new long[] {actual.length}, actual), wanted, 1e-5);
  }

  private static double[] doubles(float[] floats) {
    return IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray();
  }

  private static float[] floats(double[] doubles) {
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }
}
