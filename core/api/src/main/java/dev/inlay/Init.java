package dev.inlay;

import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;

/** The initial values of a parameter. */
@FunctionalInterface
public interface Init {

  /**
   * Fills the next values of a parameter of the given shape, in row-major order. Large parameters
   * are filled in several consecutive pieces with the same random generator.
   */
  void fill(FloatBuffer values, long[] shape, RandomGenerator random);

  /** Zeros: biases, means. */
  Init ZERO = constant(0);

  /** Ones: scales, variances. */
  Init ONE = constant(1);

  /**
   * Kaiming normal initialisation by fan-out, for layers before a ReLU: standard deviation sqrt(2 /
   * (out * kernel area)). He et al., Delving Deep into Rectifiers, ICCV 2015, section 2.2.
   */
  Init KAIMING =
      (values, shape, random) -> {
        double fanOut = shape[0];
        for (int i = 2; i < shape.length; i++) {
          fanOut *= shape[i];
        }
        normal(Math.sqrt(2 / fanOut)).fill(values, shape, random);
      };

  /** The same value for all elements. */
  static Init constant(double value) {
    return (values, shape, random) -> {
      while (values.hasRemaining()) {
        values.put((float) value);
      }
    };
  }

  /** A normal distribution with mean 0 and this standard deviation. */
  static Init normal(double deviation) {
    return (values, shape, random) -> {
      while (values.hasRemaining()) {
        values.put((float) (random.nextGaussian() * deviation));
      }
    };
  }

  /** A uniform distribution from {@code least} to {@code most}. */
  static Init uniform(double least, double most) {
    return (values, shape, random) -> {
      while (values.hasRemaining()) {
        values.put((float) (least + random.nextDouble() * (most - least)));
      }
    };
  }
}
