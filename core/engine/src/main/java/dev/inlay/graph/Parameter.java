package dev.inlay.graph;

import dev.inlay.Init;
import dev.inlay.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A stored value of the network.
 *
 * @param name the full name, {@code <stage>.<key>}
 * @param shape the sizes of the axes
 * @param kind the role in training, and with it the type of the elements
 * @param init the initial values
 */
public record Parameter(String name, List<Long> shape, Kind kind, Init init) {

  /** The role of a parameter in training. */
  public enum Kind {
    /** The optimizer changes it. */
    TRAINED,
    /** The network's own updates may change it, as for running statistics. */
    BUFFER,
    /** A 64-bit whole number that the network's own updates change. */
    COUNTER
  }

  /** The number of elements. */
  public long size() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  /** The random generator for its initial values, which seed and name determine. */
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
