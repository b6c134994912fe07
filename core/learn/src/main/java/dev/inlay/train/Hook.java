package dev.inlay.train;

import dev.inlay.evaluate.Scores;

/**
 * Is told how a training goes. A hook reads the training's state and never changes it, so that the
 * order of hooks does not matter; it may ask the training to stop.
 */
public interface Hook {

  /** What a hook answers. */
  enum Answer {
    CONTINUE,
    /** No further step; a training that stops is scored a last time. */
    STOP
  }

  /** An iteration is done. */
  default Answer iterated(Progress progress) {
    return Answer.CONTINUE;
  }

  /** A scoring on held-out images begins or goes on: this many of all are done. */
  default void scoring(int done, int all) {}

  /**
   * The network was scored on held-out images.
   *
   * @param best whether no scoring before was better
   */
  default Answer scored(Progress progress, Scores scores, boolean best) {
    return Answer.CONTINUE;
  }
}
