package dev.inlay.train;

import dev.inlay.evaluate.Scores;
import java.util.function.Supplier;

/**
 * Stops a training whose network has not become better for some scorings.
 *
 * @param patience the number of scorings in a row without a higher mIoU, 1 or more
 * @param state the training's state
 */
public record EarlyStop(int patience, Supplier<State> state) implements Hook {

  /** Whether the training has stopped early, also in a run before it was resumed. */
  public boolean isReached() {
    return state.get().scoringsSinceBest() >= patience;
  }

  @Override
  public Answer scored(Progress progress, Scores scores, boolean best) {
    return isReached() ? Answer.STOP : Answer.CONTINUE;
  }
}
