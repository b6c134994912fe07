package dev.inlay.torch;

import dev.inlay.Check;
import java.util.Arrays;

/**
 * Values in Java's memory.
 *
 * @param shape the sizes of the axes
 * @param values the values in row-major order
 */
public record HostArray(long[] shape, float[] values) {

  public HostArray {
    long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    Check.that(
        size == values.length,
        "an array of shape "
            + Arrays.toString(shape)
            + " has "
            + size
            + " values, got "
            + values.length);
  }

  @Override
  public String toString() {
    return "array of shape " + Arrays.toString(shape);
  }
}
