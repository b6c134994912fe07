package dev.inlay.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import dev.inlay.compile.OptimizerUpdate;
import dev.inlay.compile.torch.UpdateSource;
import dev.inlay.graph.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The second program of a training step: the optimizer with its memory, which is initialised. */
public final class UpdateProgram implements AutoCloseable {

  private static final long ANY_SEED = 0;

  private final Network network;
  private final OptimizerUpdate update;
  private final UpdateSource source;
  private final Script script;
  private final Parameters memory;
  private final List<IValue> weights;
  private final List<IValue> remembered;

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
    // A step changes these arrays in place, so that the lists are created once.
    weights = lists(source.weights(), network.parameters());
    remembered = lists(source.memory(), memory);
  }

  private static List<IValue> lists(Map<String, List<String>> lists, Parameters from) {
    return lists.values().stream().map(names -> Script.values(from.get(names))).toList();
  }

  /**
   * Updates the network's weights and the optimizer's memory.
   *
   * @param gradients the gradients, which the optimizer overwrites
   * @param rate the learning rate
   */
  public void apply(StepGradients gradients, double rate) {
    EngineCalls.during(() -> computed(gradients, rate));
  }

  private void computed(StepGradients gradients, double rate) {
    try (IValue number = IValue.from((PtNDArray) gradients.manager().create((float) rate))) {
      List<IValue> given =
          source.gradients().values().stream()
              .map(names -> Script.values(gradients.get(names)))
              .toList();
      List<IValue> arguments = new ArrayList<>(List.of(number));
      arguments.addAll(weights);
      arguments.addAll(given);
      arguments.addAll(remembered);
      script.change(arguments.toArray(IValue[]::new));
      given.forEach(IValue::close);
    }
  }

  /**
   * All values that this program and {@link GradientProgram} change, to save and restore.
   *
   * @param average the average of the weights; null without one
   */
  public TrainingValues values(@Nullable AveragedNetwork average) {
    return new TrainingValues(
        network, memory, update.memory(), average == null ? null : average.network());
  }

  @Override
  public void close() {
    script.close();
    weights.forEach(IValue::close);
    remembered.forEach(IValue::close);
    memory.close();
  }
}
