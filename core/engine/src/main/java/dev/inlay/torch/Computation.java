package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.inlay.Tensor;
import dev.inlay.compile.Program;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Graph;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A described graph that is compiled once and run any number of times. Inputs and outputs are
 * {@link HostArray}s; whole numbers are floats in them.
 */
public final class Computation implements AutoCloseable {

  private final Program program;
  private final NDManager manager;
  private final Loaded loaded;

  /**
   * Compiles outputs of a graph.
   *
   * @param parameters the values of all parameters that the outputs read, by name
   * @throws dev.inlay.InlayException if a parameter has no value
   */
  public Computation(
      Graph graph,
      List<? extends Tensor> outputs,
      ProgramOptions options,
      Map<String, HostArray> parameters) {
    program = new Program(graph, outputs, options);
    manager = EngineStart.manager();
    Map<String, NDArray> stored =
        GraphRunner.stored(manager, program.parameters(graph), parameters);
    loaded = new Loaded(manager, program, name -> Objects.requireNonNull(stored.get(name), name));
  }

  /** The outputs in their order, for the values of all inputs by name. */
  public List<HostArray> run(Map<String, HostArray> inputs) {
    return EngineCalls.during(() -> computed(inputs));
  }

  /** The shapes and types of the outputs in their order, for the values of all inputs by name. */
  public List<Measured> measure(Map<String, HostArray> inputs) {
    return EngineCalls.during(
        () -> {
          try (NDManager run = manager.newSubManager()) {
            NDList results = loaded.run(GraphRunner.inputs(run, program.inputs(), inputs));
            return results.stream().map(Measured::of).toList();
          }
        });
  }

  private List<HostArray> computed(Map<String, HostArray> inputs) {
    try (NDManager run = manager.newSubManager()) {
      NDList results = loaded.run(GraphRunner.inputs(run, program.inputs(), inputs));
      return results.stream().map(GraphRunner::host).toList();
    }
  }

  @Override
  public void close() {
    loaded.close();
    manager.close();
  }
}
