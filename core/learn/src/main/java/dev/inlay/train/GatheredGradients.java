package dev.inlay.train;

import dev.inlay.torch.StepGradients;
import org.jspecify.annotations.Nullable;

/** The gradients of several batches, added up, with the sums of what the batches reported. */
final class GatheredGradients implements AutoCloseable {

  private final double[][] reported;
  private @Nullable StepGradients sum;
  private int batches;

  /**
   * No gradients yet.
   *
   * @param reported the number of values that a batch reports
   */
  GatheredGradients(int reported) {
    this.reported = new double[reported][];
  }

  /** Adds the gradients of a batch, which are closed here. */
  void add(StepGradients more) {
    for (int i = 0; i < reported.length; i++) {
      float[] values = more.reported().get(i);
      double[] all = reported[i] == null ? new double[values.length] : reported[i];
      for (int k = 0; k < values.length; k++) {
        all[k] += values[k];
      }
      reported[i] = all;
    }
    batches++;
    StepGradients before = sum;
    if (before == null) {
      sum = more;
    } else {
      try (more) {
        before.add(more);
      }
    }
  }

  /** The gradients' sum. */
  StepGradients sum() {
    StepGradients found = sum;
    if (found == null) {
      throw new IllegalStateException("No batch has been added.");
    }
    return found;
  }

  /** The number of batches added. */
  int batches() {
    return batches;
  }

  /** The mean over the batches of a reported number. */
  double mean(int place) {
    return reported[place][0] / batches;
  }

  /** The sum over the batches of a reported list. */
  float[] total(int place) {
    double[] all = reported[place];
    float[] total = new float[all.length];
    for (int i = 0; i < total.length; i++) {
      total[i] = (float) all[i];
    }
    return total;
  }

  @Override
  public void close() {
    if (sum != null) {
      sum.close();
    }
  }
}
