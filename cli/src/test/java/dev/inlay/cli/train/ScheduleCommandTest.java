package dev.inlay.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.cli.Run;
import org.junit.jupiter.api.Test;

/** {@code inlay schedule}: the rates of a training, and the schedules. */
final class ScheduleCommandTest {

  @Test
  void showsTheRatesAndTheSchedules() {
    Run run =
        Run.inlay(
            "schedule",
            "--schedule",
            "poly(power=1, end=0.1)",
            "--rate",
            "1.1",
            "--iterations",
            "10",
            "--warmup",
            "0");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith(
            "rate 1.1, poly(power=1.0, end=0.1)\n\niteration    rate\n        1   1.100  ####")
        .contains("\n        2   1.000  ###", "\n       10  0.2000  #########\n")
        .contains("\n  one-cycle  Rises to the rate", "rise=0.3: the share of the training");
  }

  @Test
  void theDefaultIsThatOfTraining() {
    assertThat(Run.inlay("schedule").out())
        .startsWith("rate 0.05, rising over 15 steps, then falling\n")
        .contains("\n        1   0.003333  ###\n")
        .contains("\n       16    0.04774  ####");
    assertThat(Run.inlay("schedule", "--schedule", "one-cycle").out())
        .startsWith("rate 0.05, one-cycle\n");
  }

  @Test
  void mistakesAreRefused() {
    assertRefused("--power is the power of poly", "--schedule", "cosine", "--power", "1");
    assertRefused("No schedule is named 'cosin'. Did you mean 'cosine'?", "--schedule", "cosin");
    assertRefused("--warmup-from is 2.0", "--warmup-from", "2");
    assertRefused("ends at the rate 0.1", "--schedule", "cosine(end=0.1)");
  }

  private static void assertRefused(String message, String... options) {
    String[] arguments = new String[options.length + 1];
    arguments[0] = "schedule";
    System.arraycopy(options, 0, arguments, 1, options.length);
    Run run = Run.inlay(arguments);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("inlay: ").contains(message);
  }
}
