package dev.inlay.measure;

import dev.inlay.Tensor;
import dev.inlay.assemble.Assembly;
import dev.inlay.compile.Program;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.compile.WorkingMemory;
import dev.inlay.graph.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * An estimate of a training's memory from the network alone: the values of the forward pass, all of
 * which the backward pass needs; weights, gradients and the optimizer's memory; and the engine.
 */
public final class TrainingMemory {

  /** Java, the engine's library, and images that are read ahead. */
  private static final long PROCESS = 600L << 20;

  /** Weights, gradients, and two values of the optimizer, as AdamW has them. */
  private static final int COPIES = 4;

  private final WorkingMemory values;
  private final long parameters;

  /** The memory of a network with its side outputs. */
  public TrainingMemory(Assembly assembly) {
    List<Tensor> outputs = new ArrayList<>(List.of(assembly.fullLogits()));
    assembly.sides().values().forEach(side -> outputs.add(side.output()));
    values = new WorkingMemory(new Program(assembly.graph(), outputs, ProgramOptions.TRAINING));
    parameters = assembly.graph().parameters().values().stream().mapToLong(Parameter::size).sum();
  }

  /** The bytes for batches of crops. */
  public long bytes(int batch, int height, int width) {
    return PROCESS + COPIES * Float.BYTES * parameters + values.all(batch, height, width);
  }
}
