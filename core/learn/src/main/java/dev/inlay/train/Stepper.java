package dev.inlay.train;

import dev.inlay.data.Batch;

/** The training step: from a batch of labelled images to updated weights. */
public interface Stepper extends AutoCloseable {

  /**
   * Takes one step.
   *
   * @param rate the learning rate of this step
   */
  StepResult take(Batch batch, double rate);

  @Override
  void close();
}
