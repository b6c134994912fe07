package dev.inlay.train;

import dev.inlay.Check;
import dev.inlay.compile.OptimizerRule;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.data.Augmentation;
import dev.inlay.graph.Parameter;
import dev.inlay.spec.ObjectiveSpec;
import dev.inlay.weights.Normalization;

/**
 * The settings of a training, which do not change during it.
 *
 * @param iterations the number of steps
 * @param loss the objective of the decoder's logits; the network names those of side outputs
 * @param schedule the learning rate by iteration
 * @param optimizer the optimizer with its options
 * @param groups factors of the learning rate and of the weight decay by parameter name
 * @param stepping what a step does besides the optimizer's update
 * @param batch the batch size: images in a step
 * @param augmentation the size of crops and their random scale and flip
 * @param evaluateEvery the number of iterations between two scorings
 * @param seed the seed of the order of images, of augmentation and of dropout
 * @param threads the number of threads that make batches
 * @param options precision and layout of the training program
 * @param normalization the normalisation of images, the same as that of the initial weights
 */
public record TrainingPlan(
    int iterations,
    ObjectiveSpec loss,
    Schedule schedule,
    OptimizerChoice optimizer,
    Groups groups,
    Stepping stepping,
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
    Check.that(
        options.training(),
        "The options are those of an inference program, but a training plan needs a training program.");
  }

  /** The optimizer's rule for a parameter, with the factors of its group. */
  OptimizerRule<?> rule(Parameter parameter) {
    return groups.rule(optimizer.rule(), parameter);
  }

  /** The same plan with another normalisation of images. */
  public TrainingPlan withNormalization(Normalization other) {
    return new TrainingPlan(
        iterations,
        loss,
        schedule,
        optimizer,
        groups,
        stepping,
        batch,
        augmentation,
        evaluateEvery,
        seed,
        threads,
        options,
        other);
  }
}
