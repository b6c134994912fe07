package dev.inlay.train;

/**
 * The parts of one iteration's time, in seconds.
 *
 * @param data the wait for the batch; images are prepared at the same time as the engine computes
 * @param gradients the forward and the backward pass
 * @param update the optimizer
 */
public record StepTime(double data, double gradients, double update) {

  /** The whole time. */
  public double sum() {
    return data + gradients + update;
  }
}
