package dev.inlay.train;

import dev.inlay.evaluate.Scores;

/**
 * An observer of a training, which may also stop it. A hook reads the training's state and never
 * changes it, so the order of hooks does not matter.
 */
public interface Hook {

  /** A hook's answer: go on or stop. */
  enum Answer {
    CONTINUE,
    /** Stops the training after a last scoring. */
    STOP,
    /** Leaves the training after this iteration, without a scoring, to be resumed. */
    PAUSE
  }

  /** Called after every iteration. */
  default Answer iterated(Progress progress) {
    return Answer.CONTINUE;
  }

  /**
   * Called before and during a scoring on held-out images.
   *
   * @param done the number of images scored so far
   * @param all the number of images to score
   */
  default void scoring(int done, int all) {}

  /**
   * Called once when a run ends before the end of the training: paused, or by an error.
   *
   * @param state the state, which may be saved if it {@link State#isWhole is whole}
   */
  default void left(State state) {}

  /**
   * Called after a scoring on held-out images.
   *
   * @param best whether the mIoU is higher than that of every earlier scoring
   */
  default Answer scored(Progress progress, Scores scores, boolean best) {
    return Answer.CONTINUE;
  }
}
