package dev.inlay.network;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares arrays by the largest difference, relative to the largest magnitude expected. */
final class Closeness {

  private Closeness() {}

  static void assertClose(String what, HostArray actual, HostArray expected, double tolerance) {
    assertThat(actual.shape()).as("shape of %s", what).isEqualTo(expected.shape());
    double largest = 0;
    for (float value : expected.values()) {
      largest = Float.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
    }
    for (int i = 0; i < expected.values().length; i++) {
      float want = expected.values()[i];
      float got = actual.values()[i];
      boolean close =
          Float.isFinite(want) ? Math.abs(got - want) <= tolerance * largest : got == want;
      assertThat(close).as("%s at %d: got %s, want %s", what, i, got, want).isTrue();
    }
  }
}
