package dev.inlay.cli.train;

import dev.inlay.Check;
import dev.inlay.train.Schedule;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that set the learning rate of every iteration. */
final class ScheduleOptions {

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "The initial learning rate, more than 0; default: ${DEFAULT-VALUE}.")
  private double rate = 0.05;

  @Option(
      names = "--power",
      paramLabel = "P",
      description =
          "Power of the poly schedule: the learning rate falls as (1 - iteration/N)^P; default:"
              + " ${DEFAULT-VALUE}.")
  private double power = 0.9;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      description =
          "Iterations over which the learning rate rises at first; default: a twentieth of all.")
  private @Nullable Integer warmup;

  /** Checks the numbers under the names of their options. */
  void check() {
    Check.that(rate > 0 && Double.isFinite(rate), "--rate is %s; it must be more than 0.", rate);
    Check.notNegative("--power", power);
    Check.atLeast("--warmup", warmup == null ? 0 : warmup, 0);
  }

  /** The schedule of a training of this many iterations. */
  Schedule schedule(int iterations) {
    return new Schedule.Warmup(
        new Schedule.Poly(rate, power, iterations), warmupIterations(iterations));
  }

  /** One line about the schedule. */
  String summary(int iterations) {
    return rate + ", rising over " + warmupIterations(iterations) + " steps, then falling";
  }

  private int warmupIterations(int iterations) {
    return warmup == null ? iterations / 20 : warmup;
  }
}
