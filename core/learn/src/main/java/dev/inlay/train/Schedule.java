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
      return new ScheduleSpec.Poly(power, 0, ScheduleSpec.Poly.Form.TORCHVISION)
          .at(iteration, iterations, rate);
    }

    @Override
    public String toString() {
      return "learning rate " + rate + ", falling to 0 with the power " + power;
    }
  }

  /**
   * A schedule for a training of some length.
   *
   * @param rate the base learning rate
   * @param iterations the number of iterations of the training
   */
  record Shaped(ScheduleSpec spec, double rate, long iterations) implements Schedule {

    public Shaped {
      checkRate(rate);
      Check.atLeast("iterations", iterations, 1);
      Check.that(
          spec.end() <= rate,
          "The schedule %s ends at the rate %s, which is above the rate %s at which it begins."
              + " Lower its end.",
          spec.text(),
          spec.end(),
          rate);
    }

    @Override
    public double at(long iteration) {
      return spec.at(iteration, iterations, rate);
    }

    @Override
    public String toString() {
      return "learning rate " + rate + ", schedule " + spec.text();
    }
  }

  /**
   * Linear warm-up before another schedule: the first n iterations use its rate times a factor that
   * rises to 1 in the last of them. It is mmengine's {@code LinearLR}, beside which the other
   * schedule runs.
   *
   * @param iterations n, the length of the warm-up; 0 is no warm-up
   * @param from the factor of the first iteration; 1 / n gives the factors (i + 1) / n
   */
  record Warmup(Schedule schedule, long iterations, double from) implements Schedule {

    public Warmup {
      Check.atLeast("warmup", iterations, 0);
      Check.between("warmup-from", from, 0, 1);
    }

    /** A warm-up with the factors (i + 1) / n. */
    public Warmup(Schedule schedule, long iterations) {
      this(schedule, iterations, iterations <= 0 ? 1 : 1.0 / iterations);
    }

    @Override
    public double at(long iteration) {
      return schedule.at(iteration) * rising(iteration);
    }

    private double rising(long iteration) {
      if (iteration >= iterations - 1) {
        return 1;
      }
      return from == 1.0 / iterations
          ? (iteration + 1.0) / iterations
          : from + (1 - from) * iteration / (iterations - 1);
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
