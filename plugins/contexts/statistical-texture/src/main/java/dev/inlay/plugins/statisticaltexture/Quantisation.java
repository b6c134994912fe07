package dev.inlay.plugins.statisticaltexture;

import dev.inlay.Dim;
import dev.inlay.Tensor;

/**
 * Values of pixels on a scale of L levels between the least and the largest of their region.
 *
 * @param levels the values of the levels (B,S,L,1) of S regions
 * @param encoding the closeness of each of N pixels to each level (B,S,L,N): 1 at the level itself,
 *     and 0 for levels at the distance of two neighbouring levels or more
 */
record Quantisation(Tensor levels, Tensor encoding) {

  /** The sum of counts is not divided by less: regions of one value have counts of 0. */
  private static final double LEAST_SUM = 1e-6;

  /** Quantises values (B,S,1,N) of N pixels in each of S regions to a number of levels. */
  static Quantisation of(Tensor values, int count) {
    Tensor least = values.min(3);
    Tensor range = values.max(3).minus(least);
    Tensor places = values.range(Dim.of(count)).asFloat().reshape(1, 1, count, 1);
    Tensor levels = places.times(2).plus(1).div(2 * count).times(range).plus(least);

    // A pixel counts for the levels that are nearer than two neighbouring levels are to each other.
    Tensor closeness = oneMinus(levels.minus(values).abs());
    Tensor far = closeness.lessOrEqual(oneMinus(range.div(count)));
    return new Quantisation(levels, closeness.maskedFill(far, 0));
  }

  /** Counts, divided by their sum over axes. */
  static Tensor normalised(Tensor counts, int... axes) {
    return counts.div(counts.sum(axes).atLeast(LEAST_SUM));
  }

  private static Tensor oneMinus(Tensor x) {
    return x.times(-1).plus(1);
  }
}
