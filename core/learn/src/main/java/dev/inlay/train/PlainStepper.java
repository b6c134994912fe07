package dev.inlay.train;

import dev.inlay.background.Background;
import dev.inlay.compile.OptimizerRule;
import dev.inlay.compile.OptimizerUpdate;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.compile.torch.LossGradients;
import dev.inlay.data.Batch;
import dev.inlay.graph.Parameter;
import dev.inlay.torch.AveragedNetwork;
import dev.inlay.torch.GradientProgram;
import dev.inlay.torch.Network;
import dev.inlay.torch.TrainingValues;
import dev.inlay.torch.UpdateProgram;
import dev.inlay.weights.Normalization;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A step on one device: computes the gradients of one or several batches, then applies the
 * optimizer's update.
 */
public final class PlainStepper implements Stepper {

  private final Losses losses;
  private final Stepping stepping;
  private final Normalization normalization;
  private final GradientProgram gradients;
  private final UpdateProgram optimizer;

  /**
   * Compiles the two programs of a step.
   *
   * @param options precision and layout of the training program
   * @param rules the optimizer's rule for each parameter
   * @param normalization the mean and deviation with which images are normalised
   */
  public PlainStepper(
      Network network,
      Losses losses,
      ProgramOptions options,
      Function<Parameter, OptimizerRule<?>> rules,
      Stepping stepping,
      Normalization normalization) {
    this.losses = losses;
    this.stepping = stepping;
    this.normalization = normalization;
    Freezing frozen = stepping.frozen();
    LossGradients program =
        new LossGradients(
            losses.graph(),
            losses.total(),
            losses.reported(),
            frozen.program(options).fromPixels(network.assembly().image()),
            parameter -> frozen.parameters().contains(parameter.name()));
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
  public StepResult take(Supplier<Batch> batches, double rate) {
    Clock clock = new Clock();
    try (GatheredGradients found = new GatheredGradients(losses.names().size() + 2)) {
      boolean finite = true;
      while (finite && found.batches() < stepping.accumulate()) {
        Batch batch = batches.get();
        double waited = clock.lap();
        found.add(
            gradients.of(
                batch.images(),
                batch.labels(),
                batch.size(),
                batch.height(),
                batch.width(),
                normalization));
        finite = Double.isFinite(found.mean(0));
        clock.waited += waited;
        clock.computed += clock.lap();
      }
      // Gradients that are not finite would take every weight with them.
      double norm = finite ? found.sum().norm() / found.batches() : Double.NaN;
      if (Double.isFinite(norm)) {
        double factor = stepping.clipping(norm) / found.batches();
        if (factor != 1) {
          found.sum().scale(factor);
        }
        optimizer.apply(found.sum(), rate);
      }
      return result(found, norm, new StepTime(clock.waited, clock.computed, clock.lap()));
    }
  }

  /** The parts of a step's time in seconds. */
  private static final class Clock {
    private long last = System.nanoTime();
    private double waited;
    private double computed;

    /** The time since the last call. */
    double lap() {
      long before = last;
      last = System.nanoTime();
      return (last - before) / 1e9;
    }
  }

  private StepResult result(GatheredGradients found, double norm, StepTime time) {
    Map<String, Double> single = new LinkedHashMap<>();
    for (int i = 0; i < losses.names().size(); i++) {
      single.put(losses.names().get(i), found.mean(1 + i));
    }
    return new StepResult(
        found.mean(0), single, found.total(1 + losses.names().size()), norm, time);
  }

  /**
   * The values in the engine that steps change, to save and restore.
   *
   * @param average the average of the weights; null without one
   */
  TrainingValues values(@Nullable AveragedNetwork average) {
    return optimizer.values(average);
  }

  @Override
  public void close() {
    gradients.close();
    optimizer.close();
  }
}
