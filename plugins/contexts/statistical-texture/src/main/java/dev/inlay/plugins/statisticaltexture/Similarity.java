package dev.inlay.plugins.statisticaltexture;

import dev.inlay.Tensor;

/** The cosine of the angle between vectors along axis 1; 0 for a vector of zeros. */
final class Similarity {

  private static final double LEAST_SQUARE = 1e-24;

  private Similarity() {}

  /** Shapes are broadcast; axis 1 gets the size 1. */
  static Tensor cosine(Tensor a, Tensor b) {
    return a.times(b).sum(1).div(norm(a).times(norm(b)));
  }

  /** The bound is that of the square, because the root of 0 has no gradient. */
  private static Tensor norm(Tensor x) {
    return x.times(x).sum(1).atLeast(LEAST_SQUARE).sqrt();
  }
}
