package dev.inlay.train;

import dev.inlay.Check;
import dev.inlay.compile.OptimizerRule;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.data.Augmentation;
import dev.inlay.graph.Parameter;
import dev.inlay.spec.ObjectiveSpec;
import dev.inlay.weights.Normalization;

/**
 * How a network is trained.
 *
 * @param iterations how many steps it takes
 * @param loss of the decoder's logits; side outputs have their own
 * @param schedule the learning rate
 * @param optimizer how gradients change weights
 * @param groups which parameters learn otherwise than the others
 * @param batch images a step
 * @param augmentation the crop and how it is made
 * @param evaluateEvery how many iterations lie between two scorings
 * @param seed of the order of images, of their augmentation and of dropout
 * @param threads how many threads make batches
 * @param options precision and layout of the training program
 * @param normalization of the images; that of the weights with which training begins
 */
public record TrainingPlan(
    int iterations,
    ObjectiveSpec loss,
    Schedule schedule,
    OptimizerChoice optimizer,
    Groups groups,
    int batch,
    Augmentation augmentation,
    int evaluateEvery,
    long seed,
    int threads,
    ProgramOptions options,
    Normalization normalization) {

  public TrainingPlan {
    Check.atLeast("iterations", iterations, 1);
    Check.atLeast("batch", batch, 1);
    Check.atLeast("evaluateEvery", evaluateEvery, 1);
    Check.atLeast("threads", threads, 1);
    Check.that(options.training(), "a training plan needs a program for training");
  }

  /** How a parameter is optimized. */
  OptimizerRule<?> rule(Parameter parameter) {
    return groups.rule(optimizer.rule(), parameter);
  }

  /** The same for weights that know images normalised otherwise. */
  public TrainingPlan withNormalization(Normalization other) {
    return new TrainingPlan(
        iterations,
        loss,
        schedule,
        optimizer,
        groups,
        batch,
        augmentation,
        evaluateEvery,
        seed,
        threads,
        options,
        other);
  }
}
