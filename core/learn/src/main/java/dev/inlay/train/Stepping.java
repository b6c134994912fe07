package dev.inlay.train;

import dev.inlay.Check;

/**
 * What a training step does besides the optimizer's update.
 *
 * @param accumulate the batches whose gradients are averaged for one update
 * @param clipNorm the greatest Euclidean norm of all gradients together; larger gradients are
 *     scaled down to it, as PyTorch's {@code clip_grad_norm_} does; infinite for no limit
 * @param averageDecay the decay of the exponential moving average of the weights, which is what is
 *     scored and saved as a model; 0 for no average
 * @param frozen what keeps its values
 */
public record Stepping(int accumulate, double clipNorm, double averageDecay, Freezing frozen) {

  /** One batch an update, no clipping, no average, nothing frozen. */
  public static final Stepping PLAIN = new Stepping(1, Double.POSITIVE_INFINITY, 0, Freezing.NONE);

  /** PyTorch's addition to a norm before the division by it. */
  private static final double EPSILON = 1e-6;

  public Stepping {
    Check.atLeast("accumulate", accumulate, 1);
    Check.that(clipNorm > 0, "clipNorm is %s; it must be more than 0.", clipNorm);
    Check.that(
        averageDecay >= 0 && averageDecay < 1,
        "averageDecay is %s; it must be at least 0 and less than 1.",
        averageDecay);
  }

  /** Whether the weights are averaged. */
  public boolean averages() {
    return averageDecay > 0;
  }

  /**
   * The decay of the average at an update. The average follows the weights closely at first, as in
   * timm.
   *
   * @param update the number of the update, from 1
   */
  public double averageDecay(int update) {
    return Math.min(averageDecay, 1 - Math.pow(update, -2.0 / 3));
  }

  /** The factor that clips gradients of a norm; 1 where they are small enough. */
  double clipping(double norm) {
    return Math.min(1, clipNorm / (norm + EPSILON));
  }
}
