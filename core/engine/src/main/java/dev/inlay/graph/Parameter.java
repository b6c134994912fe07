package dev.inlay.graph;

import dev.inlay.Init;
import dev.inlay.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A stored value of the network.
 *
 * @param name its full name, {@code <stage>.<key>}
 * @param shape its sizes
 * @param kind whether training changes it, and what its elements are
 * @param init how it is filled when it is fresh
 */
public record Parameter(String name, List<Long> shape, Kind kind, Init init) {

  /** What becomes of a parameter. */
  public enum Kind {
    /** Changed by the optimizer. */
    TRAINED,
    /** Changed, if at all, by the network itself: running statistics. */
    BUFFER,
    /** A 64-bit whole number that the network itself changes. */
    COUNTER
  }

  /** How many elements it has. */
  public long size() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  /** A source of chance for its fresh values; equal seeds and names give equal ones. */
  public RandomGenerator random(long seed) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + name.hashCode());
  }

  public boolean isTrained() {
    return kind == Kind.TRAINED;
  }

  Tensor.Type type() {
    return kind == Kind.COUNTER ? Tensor.Type.INTEGER : Tensor.Type.FLOAT;
  }
}
