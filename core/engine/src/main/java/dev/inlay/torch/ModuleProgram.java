package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.inlay.assemble.ModuleGraph;
import dev.inlay.compile.Program;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.compile.WorkingMemory;
import dev.inlay.graph.Node;
import dev.inlay.graph.Parameter;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Modules without a network, with fresh parameters, on random maps, for benchmarks. */
public final class ModuleProgram implements AutoCloseable {

  private final NDManager manager;
  private final Parameters parameters;
  private final Program program;
  private final Loaded loaded;
  private final NDList maps = new NDList();
  private final BatchSize size;

  /**
   * Loads the program of modules.
   *
   * @param size the size of the maps
   * @param seed determines the parameters and the maps
   */
  public ModuleProgram(
      ModuleGraph module, ProgramOptions options, String device, BatchSize size, long seed) {
    this.size = size;
    manager = EngineStart.manager(Devices.of(device));
    manager.getEngine().setRandomSeed((int) seed);
    program = new Program(module.graph(), List.of(module.result()), options);
    Collection<Parameter> read = program.parameters(module.graph());
    parameters = new Parameters(manager, read);
    EngineCalls.during(() -> read.forEach(each -> parameters.initialize(each, seed)));
    loaded = new Loaded(manager, program, parameters::get);
    Map<String, Long> symbols = ModuleGraph.symbols(size.batch(), size.height(), size.width());
    for (Node input : program.inputs()) {
      long[] shape = input.shape().stream().mapToLong(each -> each.value(symbols)).toArray();
      maps.add(manager.randomNormal(new Shape(shape)));
    }
  }

  /** Computes the result and waits for it. */
  public void run() {
    EngineCalls.during(
        () -> {
          try (NDManager run = manager.newSubManager()) {
            NDArray result = loaded.run(maps).singletonOrThrow();
            result.attach(run);
            if (manager.getDevice().isGpu()) {
              result.flatten().get(0).getFloat();
            }
          }
        });
  }

  /** The values that a run holds at the same time at most, in bytes, beside the given maps. */
  public long workingMemory() {
    return new WorkingMemory(program).bytes(size.batch(), size.height(), size.width());
  }

  @Override
  public void close() {
    loaded.close();
    parameters.close();
    manager.close();
  }
}
