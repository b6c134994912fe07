package dev.inlay.train;

import dev.inlay.data.Batch;
import java.util.function.Supplier;

/** The training step: from batches of labelled images to updated weights. */
public interface Stepper extends AutoCloseable {

  /**
   * Takes one step. Losses or gradients that are not finite change no weight.
   *
   * @param batches gives the next batch; the one before becomes invalid
   * @param rate the learning rate of this step
   */
  StepResult take(Supplier<Batch> batches, double rate);

  @Override
  void close();
}
