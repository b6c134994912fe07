package dev.inlay.train;

import dev.inlay.Check;

/**
 * The learning rate of the segmentation literature: rate (1 - i / n)^power, after a linear warm-up.
 * Chen et al., DeepLab, 2017, section 4.1.
 *
 * @param rate the base learning rate
 * @param power how fast it falls; 0.9 in the papers
 * @param warmup over how many iterations it rises
 * @param iterations n
 */
public record PolySchedule(double rate, double power, int warmup, int iterations) {

  public PolySchedule {
    Check.that(rate > 0 && Double.isFinite(rate), "rate is " + rate + "; it must be more than 0");
    Check.notNegative("power", power);
    Check.atLeast("warmup", warmup, 0);
    Check.atLeast("iterations", iterations, 1);
  }

  /** The learning rate of an iteration, counted from 0. */
  public double at(int iteration) {
    double rising = warmup == 0 ? 1 : Math.min(1, (iteration + 1.0) / warmup);
    return rate * Math.pow(1 - (double) iteration / iterations, power) * rising;
  }
}
