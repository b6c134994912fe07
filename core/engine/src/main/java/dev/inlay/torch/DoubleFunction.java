package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.inlay.Tensor;
import dev.inlay.compile.Program;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.compile.torch.Gradients;
import dev.inlay.compile.torch.Source;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Node;
import dev.inlay.graph.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * Outputs of a described graph in double precision, summed with fixed random weights to one number,
 * and the gradients of that number, for comparisons of the two.
 */
public final class DoubleFunction implements AutoCloseable {

  private final Program program;
  private final Gradients gradients;
  private final NDManager manager;
  private final Script values;
  private final Script derivatives;
  private final Map<String, long[]> shapes = new HashMap<>();
  private final Map<String, DataType> types = new HashMap<>();
  private final Map<String, double[]> point = new LinkedHashMap<>();
  private final List<double[]> weights = new ArrayList<>();
  private final List<long[]> weightShapes = new ArrayList<>();

  /**
   * Compiles outputs of a graph.
   *
   * @param parameters the values of all parameters that the outputs read, by name
   * @param inputs the values of all inputs, by name
   */
  public DoubleFunction(
      Graph graph,
      List<? extends Tensor> outputs,
      ProgramOptions options,
      Map<String, HostArray> parameters,
      Map<String, HostArray> inputs) {
    ProgramOptions wide = options.inFloat64();
    program = new Program(graph, outputs, wide, false);
    gradients = new Gradients(graph, outputs, wide);
    for (Node input : program.inputs()) {
      DataType type =
          switch (input.type()) {
            case FLOAT -> DataType.FLOAT64;
            case INTEGER -> DataType.INT64;
            case BOOLEAN -> DataType.BOOLEAN;
          };
      put(input.name(), type, Objects.requireNonNull(inputs.get(input.name()), input.name()));
    }
    for (Parameter parameter : program.parameters(graph)) {
      boolean counts = parameter.kind() == Parameter.Kind.COUNTER;
      HostArray value = Objects.requireNonNull(parameters.get(parameter.name()), parameter.name());
      put(parameter.name(), counts ? DataType.INT64 : DataType.FLOAT64, value);
    }
    manager = EngineStart.manager();
    values = new Script(manager, Source.forward(program));
    derivatives = new Script(manager, gradients.source());
    weigh();
  }

  private void put(String name, DataType type, HostArray value) {
    double[] wide = new double[value.values().length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = value.values()[i];
    }
    point.put(name, wide);
    types.put(name, type);
    shapes.put(name, value.shape());
  }

  private void weigh() {
    Random random = new Random(1);
    try (NDManager run = manager.newSubManager()) {
      for (NDArray output : outputs(run, Map.of())) {
        double[] some = new double[Math.toIntExact(output.size())];
        for (int i = 0; i < some.length; i++) {
          some[i] = random.nextGaussian() / Math.sqrt(some.length);
        }
        weights.add(some);
        weightShapes.add(output.getShape().getShape());
      }
    }
  }

  /** The names of the floating-point inputs and trained parameters, which have gradients. */
  public List<String> variables() {
    List<String> names = new ArrayList<>(gradients.differentiable());
    names.addAll(gradients.trained());
    return names;
  }

  /** The values of an input or a parameter at the point where gradients are taken. */
  public double[] at(String name) {
    return Objects.requireNonNull(point.get(name), name).clone();
  }

  /** The number at the point, with other values for some inputs and parameters. */
  public double value(Map<String, double[]> changed) {
    return EngineCalls.during(
        () -> {
          try (NDManager run = manager.newSubManager()) {
            NDList outputs = outputs(run, changed);
            double sum = 0;
            for (int i = 0; i < weights.size(); i++) {
              double[] output = outputs.get(i).toDoubleArray();
              for (int j = 0; j < output.length; j++) {
                sum += output[j] * weights.get(i)[j];
              }
            }
            return sum;
          }
        });
  }

  /** The gradients of the number at the point, by the names of the {@link #variables}. */
  public Map<String, double[]> gradients() {
    return EngineCalls.during(
        () -> {
          try (NDManager run = manager.newSubManager()) {
            NDList inputs = arrays(run, gradients.inputs(), Map.of());
            inputs.stream()
                .filter(value -> value.getDataType() == DataType.FLOAT64)
                .forEach(value -> value.setRequiresGradient(true));
            NDList trained = arrays(run, gradients.trained(), Map.of());
            trained.forEach(value -> value.setRequiresGradient(true));
            List<NDArray> cotangents = new ArrayList<>();
            for (int i = 0; i < weights.size(); i++) {
              cotangents.add(run.create(weights.get(i), new Shape(weightShapes.get(i))));
            }
            NDList results =
                derivatives.train(
                    inputs,
                    Script.list("c", cotangents),
                    Script.list("w", trained),
                    Script.list("b", arrays(run, gradients.buffers(), Map.of())));
            Map<String, double[]> byName = new LinkedHashMap<>();
            List<String> names = variables();
            for (int i = 0; i < names.size(); i++) {
              byName.put(names.get(i), results.get(i).toDoubleArray());
            }
            return byName;
          }
        });
  }

  private NDList outputs(NDManager run, Map<String, double[]> changed) {
    List<String> inputs = program.inputs().stream().map(Node::name).toList();
    return values.infer(
        arrays(run, inputs, changed), Script.list("p", arrays(run, program.stored(), changed)));
  }

  private NDList arrays(NDManager run, List<String> names, Map<String, double[]> changed) {
    NDList list = new NDList();
    for (String name : names) {
      double[] value = changed.getOrDefault(name, Objects.requireNonNull(point.get(name), name));
      NDArray wide = run.create(value, new Shape(Objects.requireNonNull(shapes.get(name))));
      DataType type = Objects.requireNonNull(types.get(name));
      list.add(type == DataType.FLOAT64 ? wide : wide.toType(type, true));
    }
    return list;
  }

  @Override
  public void close() {
    values.close();
    derivatives.close();
    manager.close();
  }
}
