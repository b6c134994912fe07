package dev.inlay.verify;

import dev.inlay.torch.HostArray;

/**
 * The deviation of one tensor from the reference's.
 *
 * @param entry its name in the golden file, such as {@code output.0} or {@code grad.input.0}
 * @param shape its shape
 * @param relative the largest absolute difference divided by the largest magnitude of the
 *     reference's values; infinite if a compared value is not finite
 */
public record Deviation(String entry, long[] shape, double relative) {

  /** Below this magnitude a tensor counts as zero. */
  private static final double NOTHING = 1e-12;

  static Deviation of(String entry, HostArray expected, HostArray actual) {
    return new Deviation(entry, expected.shape(), relative(expected.values(), actual.values()));
  }

  /** The largest absolute difference divided by the largest expected magnitude. */
  public static double relative(float[] expected, float[] actual) {
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      if (!Float.isFinite(actual[i])) {
        return Double.POSITIVE_INFINITY;
      }
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs((double) expected[i] - actual[i]));
    }
    return difference == 0 ? 0 : difference / Math.max(largest, NOTHING);
  }
}
