package dev.inlay.torch;

import ai.djl.ndarray.NDList;
import dev.inlay.compile.OptimizerUpdate;
import dev.inlay.compile.torch.UpdateSource;
import dev.inlay.graph.Parameter;

/**
 * The second half of a training step in the engine: the optimizer, with its memory, which begins
 * fresh.
 */
public final class UpdateProgram implements AutoCloseable {

  private static final long ANY_SEED = 0;

  private final Network network;
  private final OptimizerUpdate update;
  private final UpdateSource source;
  private final Script script;
  private final Parameters memory;

  /** Loads the program into the engine. */
  public UpdateProgram(Network network, OptimizerUpdate update) {
    this.network = network;
    this.update = update;
    source = new UpdateSource(update);
    script = new Script(network.manager(), source.source());
    memory = new Parameters(network.manager(), update.memory());
    for (Parameter part : update.memory()) {
      memory.initialize(part, ANY_SEED);
    }
  }

  /**
   * Moves the network's weights.
   *
   * @param gradients are used up: the optimizer computes in their memory
   * @param rate the learning rate
   */
  public void apply(StepGradients gradients, double rate) {
    NDList arguments = new NDList(gradients.manager().create((float) rate));
    source
        .weights()
        .forEach(
            (list, names) -> arguments.addAll(Script.list(list, network.parameters().get(names))));
    source
        .gradients()
        .forEach((list, names) -> arguments.addAll(Script.list(list, gradients.get(names))));
    source
        .memory()
        .forEach((list, names) -> arguments.addAll(Script.list(list, memory.get(names))));
    script.train(arguments).attach(gradients.manager());
  }

  /** What this program and {@link GradientProgram} change, to save and restore. */
  public TrainingValues values() {
    return new TrainingValues(network, memory, update.memory());
  }

  @Override
  public void close() {
    script.close();
    memory.close();
  }
}
