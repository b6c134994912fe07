package dev.inlay.train;

/** Measures a training: its time and the mIoU of its latest batches. */
final class ProgressMeter {

  private final int iterations;
  private final RecentScores recent;
  private final long start = System.nanoTime();
  private final double before;

  /**
   * Begins to measure.
   *
   * @param before the seconds that the training took before it was resumed
   */
  ProgressMeter(int iterations, int classes, double before) {
    this.iterations = iterations;
    this.before = before;
    recent = new RecentScores(classes);
  }

  /** The progress after a step. */
  Progress after(int iteration, StepResult result, double rate) {
    recent.add(result.confusion());
    return new Progress(
        iteration,
        iterations,
        result.loss(),
        result.losses(),
        recent.meanIou(),
        rate,
        result.gradientNorm(),
        seconds(),
        result.time());
  }

  /** The seconds of the training so far. */
  double seconds() {
    return before + (System.nanoTime() - start) / 1e9;
  }
}
