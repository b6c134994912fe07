package dev.inlay.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.inlay.Dim;
import dev.inlay.Init;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Tensor.Type;
import dev.inlay.Window;
import dev.inlay.compile.OptimizerRule;
import dev.inlay.compile.OptimizerUpdate;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.compile.torch.LossGradients;
import dev.inlay.compile.torch.UpdateSource;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Parameter;
import dev.inlay.standard.Sgd;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Complete training steps in the engine. */
final class TrainingStepTest {

  private final Graph graph = new Graph();
  private final Scope scope = graph.scope("");
  private final Tensor image =
      graph.input(
          "image", Type.FLOAT, Dim.symbol("B"), Dim.of(3), Dim.symbol("H"), Dim.symbol("W"));

  /** The two programs of a step loaded into the engine, with the values that they change. */
  private static final class Running implements AutoCloseable {

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Map<String, NDArray> stored = new LinkedHashMap<>();
    private final LossGradients step;
    private final UpdateSource update;
    private final Script gradients;
    private final Script optimizer;

    Running(
        Graph graph,
        Tensor loss,
        List<Tensor> reported,
        Sgd.Options sgd,
        Map<String, HostArray> from) {
      step = new LossGradients(graph, loss, reported, ProgramOptions.TRAINING);
      OptimizerRule<?> rule = OptimizerRule.of(new Sgd(), sgd);
      OptimizerUpdate described = new OptimizerUpdate(step.trainedParameters(), each -> rule);
      update = new UpdateSource(described);
      gradients = new Script(manager, step.source());
      optimizer = new Script(manager, update.source());
      for (Parameter parameter : graph.parameters().values()) {
        boolean counts = parameter.kind() == Parameter.Kind.COUNTER;
        HostArray values = from.get(parameter.name());
        stored.put(parameter.name(), array(values, counts ? DataType.INT64 : DataType.FLOAT32));
      }
      for (Parameter part : described.memory()) {
        long[] shape = part.shape().stream().mapToLong(Long::longValue).toArray();
        stored.put(part.name(), manager.zeros(new Shape(shape), DataType.FLOAT32));
      }
      step.trained().forEach(name -> stored.get(name).setRequiresGradient(true));
    }

    private NDArray array(HostArray values, DataType type) {
      try (NDArray lent = manager.create(values.values(), new Shape(values.shape()))) {
        return lent.toType(type, true);
      }
    }

    /** Runs a step with these inputs; the first result is the loss. */
    List<HostArray> take(double rate, Map<String, HostArray> inputs) {
      NDList arguments = new NDList();
      for (String name : step.inputs()) {
        arguments.add(
            array(inputs.get(name), name.equals("labels") ? DataType.INT64 : DataType.FLOAT32));
      }
      NDList results =
          gradients.train(arguments, list("w", step.trained()), list("b", step.buffers()));
      Map<String, NDArray> found = new LinkedHashMap<>();
      for (int i = 0; i < step.trained().size(); i++) {
        found.put(step.trained().get(i), results.get(step.reported() + i));
      }
      NDList changing = new NDList(manager.create((float) rate));
      update.weights().forEach((list, names) -> changing.addAll(list(list, names)));
      update
          .gradients()
          .forEach(
              (list, names) ->
                  changing.addAll(Script.list(list, names.stream().map(found::get).toList())));
      update.memory().forEach((list, names) -> changing.addAll(list(list, names)));
      optimizer.train(changing);
      return results.subList(0, step.reported()).stream().map(Running::host).toList();
    }

    private NDList list(String name, List<String> names) {
      return Script.list(name, names.stream().map(stored::get).toList());
    }

    HostArray value(String name) {
      return host(stored.get(name));
    }

    private static HostArray host(NDArray array) {
      try (NDArray plain = array.stopGradient();
          NDArray floats = plain.toType(DataType.FLOAT32, true)) {
        return new HostArray(array.getShape().getShape(), floats.toFloatArray());
      }
    }

    @Override
    public void close() {
      gradients.close();
      optimizer.close();
      manager.close();
    }
  }

  private static HostArray values(long[] shape, double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return new HostArray(shape, floats);
  }

  private static HostArray ramp(long... shape) {
    int size = 1;
    for (long axis : shape) {
      size *= (int) axis;
    }
    float[] ramp = new float[size];
    for (int i = 0; i < size; i++) {
      ramp[i] = (i * 7 % 13) / 6f - 1;
    }
    return new HostArray(shape, ramp);
  }

  @Test
  void threeStepsAreThoseOfPyTorch() {
    Golden golden = Golden.read("steps");
    Tensor x = scope.norm("bn", scope.conv("conv", image, 5, Window.of(3).stride(2))).relu();
    Tensor logits = scope.classify("conv_seg", x, 4, 0);
    Tensor labels =
        graph.input("labels", Type.INTEGER, logits.batch(), Dim.symbol("Y"), Dim.symbol("X"));
    Tensor loss = logits.resize(labels.dim(1), labels.dim(2), false).crossEntropy(labels, 255);
    Map<String, HostArray> before = new LinkedHashMap<>();
    graph.parameters().keySet().forEach(name -> before.put(name, golden.get("before." + name)));

    try (Running running =
        new Running(graph, loss, List.of(), new Sgd.Options(0.9, 5e-4, false), before)) {
      for (int step = 0; step < 3; step++) {
        List<HostArray> results =
            running.take(
                golden.get("rate." + step).values()[0],
                Map.of(
                    "image", golden.get("image." + step), "labels", golden.get("labels." + step)));

        Closeness.assertClose("loss", results.get(0), golden.get("loss." + step), 1e-6);
        for (String name : graph.parameters().keySet()) {
          HostArray expected = golden.get("after." + step + "." + name);
          Closeness.assertClose(name + " after " + step, running.value(name), expected, 1e-6);
        }
      }
      assertThat(running.value("bn.num_batches_tracked").values()).containsExactly(3);
    }
  }

  @Test
  void backwardReadsStoredValuesAsTheyWereBeforeTheirUpdate() {
    // loss = sum(w * x * base), base' = x: the gradient of w is x times the old base.
    Tensor weight = scope.parameter("weight", Init.ONE, 1);
    Tensor base = scope.buffer("base", Init.ONE, 1);
    Tensor x = image.mean(0, 1, 2, 3).reshape(1);
    scope.update(base, x.times(weight));
    Tensor loss = x.times(weight).times(base).sum(0).reshape();
    Map<String, HostArray> before =
        Map.of("weight", values(new long[] {1}, 2), "base", values(new long[] {1}, 5));

    try (Running running =
        new Running(graph, loss, List.of(), new Sgd.Options(0, 0, false), before)) {
      HostArray three = values(new long[] {1, 3, 1, 1}, 3, 3, 3);
      running.take(0.1, Map.of("image", three));
      assertThat(running.value("weight").values()[0]).isCloseTo(2 - 0.1f * 15, within());
      assertThat(running.value("base").values()).containsExactly(6);

      float weightNow = running.value("weight").values()[0];
      running.take(0.1, Map.of("image", three));
      assertThat(running.value("weight").values()[0]).isCloseTo(weightNow - 0.1f * 18, within());
      assertThat(running.value("base").values()[0]).isCloseTo(3 * weightNow, within());
    }
  }

  private static Offset<Float> within() {
    return Offset.offset(1e-5f);
  }

  @Test
  void aHeadThatIsNotComputedDoesNotCountItsBatches() {
    Tensor loss = scope.norm("used", image).mean(0, 1, 2, 3).reshape();
    scope.norm("unused", image);
    Map<String, HostArray> before = new LinkedHashMap<>();
    graph
        .parameters()
        .forEach(
            (name, parameter) -> {
              long[] shape = parameter.shape().stream().mapToLong(Long::longValue).toArray();
              before.put(name, ramp(shape));
            });

    try (Running running =
        new Running(graph, loss, List.of(), new Sgd.Options(0.9, 0, false), before)) {
      running.take(0.1, Map.of("image", ramp(2, 3, 4, 5)));
      assertThat(running.value("used.num_batches_tracked").values()).containsExactly(0);
      assertThat(running.value("unused.num_batches_tracked").values()).containsExactly(-1);
      assertThat(running.step.trained()).containsExactlyInAnyOrder("used.weight", "used.bias");
    }
  }

  @Test
  void aWeightWithoutAGradientStays() {
    // As in PyTorch, momentum and weight decay do not change a parameter without a gradient.
    Tensor weight = scope.parameter("weight", Init.ONE, 1, 3, 1, 1);
    Tensor shown = scope.parameter("shown", Init.ONE, 1, 3, 1, 1);
    Tensor loss =
        image
            .times(weight)
            .mean(0, 1, 2, 3)
            .plus(image.times(shown).detach().mean(0, 1, 2, 3))
            .reshape();
    Tensor reported = image.times(shown).mean(0, 1, 2, 3);
    HostArray ones = values(new long[] {1, 3, 1, 1}, 1, 1, 1);

    try (Running running =
        new Running(
            graph,
            loss,
            List.of(reported),
            new Sgd.Options(0.9, 0.1, false),
            Map.of("weight", ones, "shown", ones))) {
      List<HostArray> results = running.take(0.5, Map.of("image", ones));
      assertThat(results.get(1).values()).containsExactly(1);
      assertThat(running.value("shown").values()).containsExactly(1, 1, 1);
      assertThat(running.value("weight").values()[0])
          .isCloseTo(1 - 0.5f * (1 / 3f + 0.1f), within());
    }
  }

  @Test
  void aNetworkWithoutBuffersTrains() {
    Tensor weight = scope.parameter("weight", Init.ONE, 1, 3, 1, 1);
    Tensor loss = image.times(weight).mean(0, 1, 2, 3).reshape();
    HostArray ones = values(new long[] {1, 3, 1, 1}, 1, 1, 1);

    try (Running running =
        new Running(graph, loss, List.of(), new Sgd.Options(0, 0, false), Map.of("weight", ones))) {
      assertThat(running.take(1, Map.of("image", ones)).get(0).values()).containsExactly(1);
      assertThat(running.take(1, Map.of("image", ones)).get(0).values()[0])
          .isCloseTo(2 / 3f, within());
    }
  }
}
