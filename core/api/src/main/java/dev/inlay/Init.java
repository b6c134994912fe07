package dev.inlay;

import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;

/** How a fresh parameter is filled. */
@FunctionalInterface
public interface Init {

  /**
   * Fills the next values of a parameter of the given shape, in row-major order. Large parameters
   * come in several pieces, one after the other, with the same source of chance.
   */
  void fill(FloatBuffer values, long[] shape, RandomGenerator random);

  /** Zeros: biases, means. */
  Init ZERO = constant(0);

  /** Ones: scales, variances. */
  Init ONE = constant(1);

  /**
   * Kaiming's normal distribution for layers that a ReLU follows, by fan-out: standard deviation
   * sqrt(2 / (out * kernel area)). He et al., Delving Deep into Rectifiers, ICCV 2015, section 2.2.
   */
  Init KAIMING =
      (values, shape, random) -> {
        double fanOut = shape[0];
        for (int i = 2; i < shape.length; i++) {
          fanOut *= shape[i];
        }
        normal(Math.sqrt(2 / fanOut)).fill(values, shape, random);
      };

  /** One value everywhere. */
  static Init constant(double value) {
    return (values, shape, random) -> {
      while (values.hasRemaining()) {
        values.put((float) value);
      }
    };
  }

  /** A normal distribution around 0. */
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
