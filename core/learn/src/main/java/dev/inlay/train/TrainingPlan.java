package dev.inlay.train;

import dev.inlay.Check;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.compile.torch.Sgd;
import dev.inlay.data.Augmentation;
import dev.inlay.spec.ObjectiveSpec;
import dev.inlay.weights.Normalization;

/**
 * How a network is trained.
 *
 * @param loss of the decoder's logits; side outputs have their own
 * @param schedule the learning rate and the number of iterations
 * @param optimizer momentum and weight decay
 * @param batch images a step
 * @param augmentation the crop and how it is made
 * @param evaluateEvery how many iterations lie between two scorings
 * @param seed of the order of images, of their augmentation and of dropout
 * @param threads how many threads make batches
 * @param options precision and layout of the training program
 * @param normalization of the images; that of the weights with which training begins
 */
public record TrainingPlan(
    ObjectiveSpec loss,
    PolySchedule schedule,
    Sgd optimizer,
    int batch,
    Augmentation augmentation,
    int evaluateEvery,
    long seed,
    int threads,
    ProgramOptions options,
    Normalization normalization) {

  public TrainingPlan {
    Check.atLeast("batch", batch, 1);
    Check.atLeast("evaluateEvery", evaluateEvery, 1);
    Check.atLeast("threads", threads, 1);
    Check.that(options.training(), "a training plan needs a program for training");
  }

  /** The same for weights that know images normalised otherwise. */
  public TrainingPlan withNormalization(Normalization other) {
    return new TrainingPlan(
        loss,
        schedule,
        optimizer,
        batch,
        augmentation,
        evaluateEvery,
        seed,
        threads,
        options,
        other);
  }

  public int iterations() {
    return schedule.iterations();
  }
}
