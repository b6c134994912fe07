package dev.inlay.contract;

import dev.inlay.Init;
import dev.inlay.Optimizer;
import dev.inlay.compile.DescribedUpdate;
import dev.inlay.compile.OptimizerRule;
import dev.inlay.compile.OptimizerUpdate;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Node;
import dev.inlay.graph.Parameter;
import dev.inlay.graph.Walk;
import dev.inlay.guard.Guard;
import dev.inlay.spec.Kind;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.torch.GraphRunner;
import dev.inlay.torch.HostArray;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** An optimizer at work on one weight, of shape (3,4) unless another one is asked for. */
final class TrialOptimizer {

  private static final long[] SHAPE = {3, 4};

  private final NetworkSpec.Stage<?> stage;
  private final OptimizerUpdate.Group group;
  private final Map<String, HostArray> memory = new LinkedHashMap<>();
  private HostArray weight;

  private TrialOptimizer(NetworkSpec.Stage<?> stage, long[] shape) {
    this.stage = stage;
    OptimizerRule<?> rule = rule(stage);
    List<Long> sizes = Arrays.stream(shape).boxed().toList();
    Parameter trained = new Parameter("weight", sizes, Parameter.Kind.TRAINED, Init.ZERO);
    group = new OptimizerUpdate(List.of(trained), each -> rule).groups().get(0);
    Random random = new Random(3);
    for (Parameter part : group.described().memory()) {
      float[] values = new float[(int) part.size()];
      part.init().fill(FloatBuffer.wrap(values), TrialNetwork.sizes(part), random);
      memory.put(part.name(), new HostArray(TrialNetwork.sizes(part), values));
    }
    float[] values = new float[Values.size(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    weight = new HostArray(shape, values);
  }

  static TrialOptimizer of(Subject subject, String options) {
    return of(subject, options, SHAPE);
  }

  static TrialOptimizer of(Subject subject, String options, long[] shape) {
    return new TrialOptimizer(
        NetworkSpec.parseStage(subject.stage(options), Kind.OPTIMIZER, subject.techniques()),
        shape);
  }

  private static <O extends Record> OptimizerRule<O> rule(NetworkSpec.Stage<O> stage) {
    return OptimizerRule.of((Optimizer<O>) stage.technique(), stage.options());
  }

  /** The rule with its weight decay times 1. */
  boolean isSameTimesOne() {
    return isSameTimesOne(stage);
  }

  private static <O extends Record> boolean isSameTimesOne(NetworkSpec.Stage<O> stage) {
    Optimizer<O> optimizer = (Optimizer<O>) stage.technique();
    return Guard.answer(
            optimizer, "withDecayTimes", () -> optimizer.withDecayTimes(stage.options(), 1))
        .equals(stage.options());
  }

  /** The operations that the author described. */
  List<Node> described() {
    return Walk.order(group.described().results());
  }

  String line() {
    return group.described().next().origin().line();
  }

  boolean runsOnLists() {
    return group.onLists().isPresent();
  }

  float[] weight() {
    return weight.values();
  }

  double sumOfSquares() {
    double sum = 0;
    for (float value : weight.values()) {
      sum += value * value;
    }
    return sum;
  }

  void step(float[] gradient, float rate) {
    DescribedUpdate described = group.described();
    Map<String, HostArray> inputs =
        Map.of(
            DescribedUpdate.WEIGHT,
            weight,
            DescribedUpdate.GRADIENT,
            new HostArray(weight.shape(), gradient),
            DescribedUpdate.RATE,
            new HostArray(new long[0], new float[] {rate}));
    List<HostArray> results =
        GraphRunner.run(
            described.graph(), described.results(), ProgramOptions.INFERENCE, memory, inputs);
    weight = results.get(0);
    for (int i = 1; i < results.size(); i++) {
      memory.put(described.graph().updates().get(i - 1).stored().name(), results.get(i));
    }
  }

  @Override
  public String toString() {
    return stage.toString();
  }
}
