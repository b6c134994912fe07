package dev.inlay.graph;

import dev.inlay.Init;
import dev.inlay.InlayException;
import dev.inlay.Tensor;
import dev.inlay.guard.BuiltFor;
import dev.inlay.guard.Causes;
import dev.inlay.guard.Core;
import dev.inlay.guard.ForeignCall;
import dev.inlay.guard.ForeignException;
import java.nio.FloatBuffer;
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

  /** The same parameter with other initial values. */
  public Parameter with(Init other) {
    return other == init ? this : new Parameter(name, shape, kind, other);
  }

  /** The number of elements. */
  public long size() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  /** The random generator for its initial values, which seed and name determine. */
  public RandomGenerator random(long seed) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + name.hashCode());
  }

  /**
   * Writes the next initial values. They come from code of an author, whose errors name its jar and
   * the parameter.
   */
  public void fill(FloatBuffer values, RandomGenerator random) {
    long[] sizes = shape.stream().mapToLong(Long::longValue).toArray();
    String origin = Core.origin(init.getClass());
    try {
      ForeignCall.run(
          origin,
          () -> {
            init.fill(values, sizes, random);
            return true;
          });
    } catch (ForeignException e) {
      throw new InlayException(
          "The code of %s that gives the initial values of '%s' %s%s."
              .formatted(
                  origin,
                  name,
                  e.explain(BuiltFor.of(init.getClass(), Core.VERSION)),
                  e.isOfLinking() ? "" : Causes.place(e.thrown())),
          e.thrown());
    }
  }

  public boolean isTrained() {
    return kind == Kind.TRAINED;
  }

  Tensor.Type type() {
    return kind == Kind.COUNTER ? Tensor.Type.INTEGER : Tensor.Type.FLOAT;
  }
}
