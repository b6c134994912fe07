package dev.inlay.train;

import dev.inlay.Check;

/**
 * The learning rate by iteration. A schedule may depend on the number of iterations, but the plan
 * sets that number.
 */
public interface Schedule {

  /** The learning rate of an iteration, counted from 0. */
  double at(long iteration);

  /** The base learning rate, before the schedule's factor. */
  double rate();

  /** A constant learning rate. */
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
   * The poly schedule: rate (1 - i / n)^power. Chen et al., DeepLab, TPAMI 2018, section 4.1.
   *
   * @param rate the base learning rate
   * @param power the exponent; 0.9 in the papers
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
   * Linear warm-up before another schedule: the first n iterations use its rate times (i + 1) / n.
   *
   * @param iterations n, the length of the warm-up; 0 is no warm-up
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
