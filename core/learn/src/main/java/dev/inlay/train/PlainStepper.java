package dev.inlay.train;

import dev.inlay.background.Background;
import dev.inlay.compile.OptimizerRule;
import dev.inlay.compile.OptimizerUpdate;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.compile.torch.LossGradients;
import dev.inlay.data.Batch;
import dev.inlay.graph.Parameter;
import dev.inlay.torch.GradientProgram;
import dev.inlay.torch.Network;
import dev.inlay.torch.StepGradients;
import dev.inlay.torch.TrainingValues;
import dev.inlay.torch.UpdateProgram;
import dev.inlay.weights.Normalization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A step with one batch: computes the gradients, then applies the optimizer's update. */
public final class PlainStepper implements Stepper {

  private final Losses losses;
  private final Normalization normalization;
  private final GradientProgram gradients;
  private final UpdateProgram optimizer;

  /**
   * Compiles the two programs of a step.
   *
   * @param rules the optimizer's rule for each parameter
   * @param normalization the mean and deviation with which images are normalised
   */
  public PlainStepper(
      Network network,
      Losses losses,
      ProgramOptions options,
      Function<Parameter, OptimizerRule<?>> rules,
      Normalization normalization) {
    this.losses = losses;
    this.normalization = normalization;
    LossGradients program =
        new LossGradients(
            losses.graph(),
            losses.total(),
            losses.reported(),
            options.fromPixels(network.assembly().image()));
    // The engine takes its time to load a program, so the other one is made meanwhile.
    Background<UpdateProgram> update =
        Background.begin(
            "inlay-update-program",
            () ->
                new UpdateProgram(
                    network, new OptimizerUpdate(program.trainedParameters(), rules)));
    gradients = new GradientProgram(network, program);
    optimizer = update.get();
  }

  @Override
  public StepResult take(Batch batch, double rate) {
    long start = System.nanoTime();
    try (StepGradients found =
        gradients.of(
            batch.images(),
            batch.labels(),
            batch.size(),
            batch.height(),
            batch.width(),
            normalization)) {
      long between = System.nanoTime();
      double loss = found.reported().get(0)[0];
      // Gradients of a loss that is not finite would take every weight with them.
      if (Double.isFinite(loss)) {
        optimizer.apply(found, rate);
      }
      return result(found.reported(), between - start, System.nanoTime() - between);
    }
  }

  private StepResult result(List<float[]> reported, long gradientNanos, long updateNanos) {
    Map<String, Double> single = new LinkedHashMap<>();
    for (int i = 0; i < losses.names().size(); i++) {
      single.put(losses.names().get(i), (double) reported.get(1 + i)[0]);
    }
    return new StepResult(
        reported.get(0)[0],
        single,
        reported.get(reported.size() - 1),
        gradientNanos / 1e9,
        updateNanos / 1e9);
  }

  /** The values in the engine that steps change, to save and restore. */
  TrainingValues values() {
    return optimizer.values();
  }

  @Override
  public void close() {
    gradients.close();
    optimizer.close();
  }
}
