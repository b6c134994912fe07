package dev.inlay.train;

import java.util.Map;

/**
 * Where a training stands after an iteration.
 *
 * @param iteration how many are done
 * @param iterations how many there will be
 * @param loss the weighted sum
 * @param losses the single losses by name
 * @param meanIou of the last batches, as augmented; it lags behind and is no test score
 * @param rate the learning rate of this iteration
 * @param seconds since the training began, scoring included
 */
public record Progress(
    int iteration,
    int iterations,
    double loss,
    Map<String, Double> losses,
    double meanIou,
    double rate,
    double seconds) {

  /** About how many seconds are left. */
  public double secondsLeft() {
    return seconds / iteration * (iterations - iteration);
  }
}
