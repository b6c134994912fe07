package dev.inlay.torch;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares arrays by the largest difference, relative to the largest magnitude expected. */
final class Closeness {

  private Closeness() {}

  static void assertClose(String what, HostArray actual, HostArray expected, double tolerance) {
    assertClose(what, actual, expected, tolerance, 0);
  }

  /** Also allows a difference of {@code least}, for values that cancel to rounding errors. */
  static void assertClose(
      String what, HostArray actual, HostArray expected, double tolerance, double least) {
    assertThat(actual.shape()).as("shape of %s", what).isEqualTo(expected.shape());
    double allowed = Math.max(least, tolerance * largestMagnitude(expected));
    for (int i = 0; i < expected.values().length; i++) {
      float want = expected.values()[i];
      float got = actual.values()[i];
      boolean close = Float.isFinite(want) ? Math.abs(got - want) <= allowed : got == want;
      assertThat(close).as("%s at %d: got %s, want %s", what, i, got, want).isTrue();
    }
  }

  /** The largest difference of finite values, relative to the largest magnitude expected. */
  static double largestDifference(HostArray actual, HostArray expected) {
    double difference = 0;
    for (int i = 0; i < expected.values().length; i++) {
      difference = Math.max(difference, Math.abs(actual.values()[i] - expected.values()[i]));
    }
    return difference / largestMagnitude(expected);
  }

  private static double largestMagnitude(HostArray array) {
    double largest = 0;
    for (float value : array.values()) {
      largest = Float.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
    }
    return largest;
  }
}
