package dev.inlay.train;

import dev.inlay.evaluate.Scores;

/** Is told how a training goes. */
public interface TrainingListener {

  /** An iteration is done. */
  default void iterated(Progress progress) {}

  /** A scoring on held-out images begins or goes on: this many of all are done. */
  default void scoring(int done, int all) {}

  /**
   * The network was scored on held-out images.
   *
   * @param best whether no scoring before was better
   */
  default void scored(Progress progress, Scores scores, boolean best) {}
}
