package dev.inlay.train;

import dev.inlay.data.Batch;

/** Takes the steps of a training: from a batch of labelled images to changed weights. */
public interface Stepper extends AutoCloseable {

  /**
   * Takes one step.
   *
   * @param rate the learning rate
   */
  StepResult take(Batch batch, double rate);

  @Override
  void close();
}
