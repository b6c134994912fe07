package dev.inlay.torch;

import dev.inlay.Check;
import java.util.Arrays;

/**
 * An array in Java's memory.
 *
 * @param shape the sizes of the axes
 * @param values the values in row-major order
 */
public record HostArray(long[] shape, float[] values) {

  public HostArray {
    long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    Check.that(
        size == values.length,
        "An array of shape %s has %d values, got %d.",
        Arrays.toString(shape),
        size,
        values.length);
  }

  @Override
  public String toString() {
    return "array of shape " + Arrays.toString(shape);
  }
}
