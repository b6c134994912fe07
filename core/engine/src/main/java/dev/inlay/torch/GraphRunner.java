package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.inlay.InlayException;
import dev.inlay.Tensor;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.compile.torch.Gradients;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Node;
import dev.inlay.graph.Parameter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a described graph once on given values, for comparisons with a reference and for tests.
 * Inputs and outputs are {@link HostArray}s; whole numbers are floats in them.
 */
public final class GraphRunner {

  private GraphRunner() {}

  /** The outputs in their order, for the values of all parameters and inputs by name. */
  public static List<HostArray> run(
      Graph graph,
      List<? extends Tensor> outputs,
      ProgramOptions options,
      Map<String, HostArray> parameters,
      Map<String, HostArray> inputs) {
    try (Computation computation = new Computation(graph, outputs, options, parameters)) {
      return computation.run(inputs);
    }
  }

  /**
   * The gradients of the sum of outputs times cotangents, by names of inputs and trained
   * parameters. Batch normalisation uses running statistics unless {@code options} are for
   * training.
   */
  public static Map<String, HostArray> gradients(
      Graph graph,
      List<? extends Tensor> outputs,
      ProgramOptions options,
      List<HostArray> cotangents,
      Map<String, HostArray> parameters,
      Map<String, HostArray> inputs) {
    Gradients gradients = new Gradients(graph, outputs, options);
    try (NDManager manager = EngineStart.manager();
        Script script = new Script(manager, gradients.source())) {
      Map<String, NDArray> stored = stored(manager, graph.parameters().values(), parameters);
      gradients.trained().forEach(name -> get(stored, name).setRequiresGradient(true));
      List<Node> described = new ArrayList<>(graph.inputs());
      described.removeIf(input -> !gradients.inputs().contains(input.name()));
      NDList values = inputs(manager, described, inputs);
      values.stream()
          .filter(value -> value.getDataType() == DataType.FLOAT32)
          .forEach(value -> value.setRequiresGradient(true));
      List<NDArray> weights =
          cotangents.stream().map(c -> engine(manager, c, DataType.FLOAT32)).toList();
      NDList results =
          script.train(
              values,
              Script.list("c", weights),
              list("w", gradients.trained(), stored),
              list("b", gradients.buffers(), stored));
      List<String> names = new ArrayList<>(gradients.differentiable());
      names.addAll(gradients.trained());
      Map<String, HostArray> byName = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        byName.put(names.get(i), host(results.get(i)));
      }
      return byName;
    }
  }

  static NDList inputs(NDManager manager, List<Node> inputs, Map<String, HostArray> values) {
    NDList list = new NDList();
    for (Node input : inputs) {
      DataType type =
          switch (input.type()) {
            case FLOAT -> DataType.FLOAT32;
            case INTEGER -> DataType.INT64;
            case BOOLEAN -> DataType.BOOLEAN;
          };
      list.add(engine(manager, get(values, input.name()), type));
    }
    return list;
  }

  static Map<String, NDArray> stored(
      NDManager manager, Iterable<Parameter> parameters, Map<String, HostArray> values) {
    Map<String, NDArray> stored = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      boolean counts = parameter.kind() == Parameter.Kind.COUNTER;
      HostArray value = get(values, parameter.name());
      stored.put(
          parameter.name(), engine(manager, value, counts ? DataType.INT64 : DataType.FLOAT32));
    }
    return stored;
  }

  private static NDList list(String name, List<String> names, Map<String, NDArray> stored) {
    return Script.list(name, names.stream().map(n -> get(stored, n)).toList());
  }

  private static <T> T get(Map<String, T> map, String name) {
    T value = map.get(name);
    if (value == null) {
      throw new InlayException(
          "No value is given for '%s'; values are given for %s.".formatted(name, map.keySet()));
    }
    return value;
  }

  private static NDArray engine(NDManager manager, HostArray array, DataType type) {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(4 * array.values().length).order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(array.values());
    NDArray lent = manager.create(bytes, new Shape(array.shape()), DataType.FLOAT32);
    return type == DataType.FLOAT32 ? lent.duplicate() : lent.toType(type, true);
  }

  static HostArray host(NDArray array) {
    try (NDArray floats = array.toType(DataType.FLOAT32, true)) {
      return new HostArray(array.getShape().getShape(), floats.toFloatArray());
    }
  }
}
