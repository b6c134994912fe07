package dev.inlay.train;

import dev.inlay.Check;

/**
 * The learning rate over a training. It may know how long the training lasts, but does not decide
 * it.
 */
public interface Schedule {

  /** The learning rate of an iteration, counted from 0. */
  double at(long iteration);

  /** The base rate, which rises and falls with the iterations. */
  double rate();

  /** One rate throughout. */
  record Constant(double rate) implements Schedule {

    public Constant {
      checkRate(rate);
    }

    @Override
    public double at(long iteration) {
      return rate;
    }

    @Override
    public String toString() {
      return "learning rate " + rate;
    }
  }

  /**
   * The "poly" policy of the segmentation literature: rate (1 - i / n)^power. Chen et al., DeepLab,
   * 2017, section 4.1.
   *
   * @param rate the base learning rate
   * @param power how fast it falls; 0.9 in the papers
   * @param iterations n, after which the rate is 0
   */
  record Poly(double rate, double power, long iterations) implements Schedule {

    public Poly {
      checkRate(rate);
      Check.notNegative("power", power);
      Check.atLeast("iterations", iterations, 1);
    }

    @Override
    public double at(long iteration) {
      return rate * Math.pow(Math.max(0, 1 - (double) iteration / iterations), power);
    }

    @Override
    public String toString() {
      return "learning rate " + rate + ", falling to 0 with the power " + power;
    }
  }

  /**
   * Another schedule that rises linearly at first: its rate times (i + 1) / n.
   *
   * @param iterations n, over which it rises; 0 leaves the other as it is
   */
  record Warmup(Schedule schedule, long iterations) implements Schedule {

    public Warmup {
      Check.atLeast("warmup", iterations, 0);
    }

    @Override
    public double at(long iteration) {
      double rising = iterations == 0 ? 1 : Math.min(1, (iteration + 1.0) / iterations);
      return schedule.at(iteration) * rising;
    }

    @Override
    public double rate() {
      return schedule.rate();
    }

    @Override
    public String toString() {
      return schedule + ", after rising over " + iterations + " steps";
    }
  }

  private static void checkRate(double rate) {
    Check.that(rate > 0 && Double.isFinite(rate), "rate is %s; it must be more than 0.", rate);
  }
}
