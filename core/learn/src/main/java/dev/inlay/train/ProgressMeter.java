package dev.inlay.train;

/** Measures a run of a training: its time and the mIoU of its latest batches. */
final class ProgressMeter {

  private final int iterations;
  private final RecentScores recent;
  private final long start = System.nanoTime();

  ProgressMeter(int iterations, int classes) {
    this.iterations = iterations;
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
        (System.nanoTime() - start) / 1e9);
  }
}
