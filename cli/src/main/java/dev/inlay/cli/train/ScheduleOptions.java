package dev.inlay.cli.train;

import dev.inlay.Check;
import dev.inlay.train.Schedule;
import dev.inlay.train.ScheduleSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that set the learning rate of every iteration. */
final class ScheduleOptions {

  private static final double POWER = 0.9;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "The initial learning rate, more than 0; default: ${DEFAULT-VALUE}.")
  private double rate = 0.05;

  @Option(
      names = "--schedule",
      paramLabel = "SPEC",
      description =
          "How the learning rate changes: poly, cosine, step, one-cycle or constant, as in"
              + " \"poly(power=0.9, end=1e-4)\"; default: poly. 'inlay schedule' shows their options"
              + " and the rates.")
  private @Nullable String schedule;

  @Option(
      names = "--power",
      paramLabel = "P",
      description =
          "Power of the poly schedule, without --schedule: the learning rate falls as (1 -"
              + " iteration/N)^P; default: 0.9.")
  private @Nullable Double power;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      description =
          "Iterations over which the learning rate rises at first; default: a twentieth of all, and"
              + " 0 for one-cycle.")
  private @Nullable Integer warmup;

  @Option(
      names = "--warmup-from",
      paramLabel = "F",
      description =
          "Factor of the learning rate in the first iteration of the warm-up, from 0 to 1; default:"
              + " one by the number of its iterations.")
  private @Nullable Double warmupFrom;

  /** Checks the numbers under the names of their options. */
  void check() {
    Check.that(rate > 0 && Double.isFinite(rate), "--rate is %s; it must be more than 0.", rate);
    Check.notNegative("--power", power == null ? POWER : power);
    Check.atLeast("--warmup", warmup == null ? 0 : warmup, 0);
    Check.between("--warmup-from", warmupFrom == null ? 0 : warmupFrom, 0, 1);
    Check.that(
        schedule == null || power == null,
        "--power is the power of poly without --schedule. Name it in --schedule, as in"
            + " \"poly(power=0.9)\".");
    spec();
  }

  private ScheduleSpec spec() {
    return schedule == null
        ? new ScheduleSpec.Poly(
            power == null ? POWER : power, 0, ScheduleSpec.Poly.Form.TORCHVISION)
        : ScheduleSpec.parse(schedule);
  }

  /** The schedule of a training of this many iterations. */
  Schedule schedule(int iterations) {
    Schedule shaped =
        schedule == null
            ? new Schedule.Poly(rate, power == null ? POWER : power, iterations)
            : spec().schedule(rate, iterations);
    int warm = warmupIterations(iterations);
    return warmupFrom == null
        ? new Schedule.Warmup(shaped, warm)
        : new Schedule.Warmup(shaped, warm, warmupFrom);
  }

  /** One line about the schedule. */
  String summary(int iterations) {
    int warm = warmupIterations(iterations);
    return schedule == null
        ? rate + ", rising over " + warm + " steps, then falling"
        : rate + ", " + spec().text() + (warm == 0 ? "" : ", rising over " + warm + " steps");
  }

  private int warmupIterations(int iterations) {
    if (warmup != null) {
      return warmup;
    }
    return spec() instanceof ScheduleSpec.OneCycle ? 0 : iterations / 20;
  }
}
