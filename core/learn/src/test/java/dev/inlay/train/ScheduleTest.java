package dev.inlay.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import org.junit.jupiter.api.Test;

/** The learning rates of schedules. */
final class ScheduleTest {

  @Test
  void polyFallsToZeroAndWarmupRises() {
    Schedule schedule = new Schedule.Warmup(new Schedule.Poly(0.05, 0.9, 300), 15);
    for (int i = 0; i < 300; i++) {
      double rising = Math.min(1, (i + 1.0) / 15);
      assertThat(schedule.at(i)).isEqualTo(0.05 * Math.pow(1 - (double) i / 300, 0.9) * rising);
    }
    assertThat(schedule.at(300)).isZero();
    assertThat(schedule.at(301)).isZero();
    assertThat(schedule.rate()).isEqualTo(0.05);
  }

  @Test
  void withoutWarmupTheScheduleIsAsItWas() {
    Schedule poly = new Schedule.Poly(0.1, 2, 10);
    Schedule warm = new Schedule.Warmup(poly, 0);
    for (int i = 0; i < 10; i++) {
      assertThat(warm.at(i)).isEqualTo(poly.at(i));
    }
  }

  @Test
  void aConstantRateStays() {
    Schedule schedule = new Schedule.Constant(0.3);
    assertThat(schedule.at(0)).isEqualTo(0.3);
    assertThat(schedule.at(1_000_000)).isEqualTo(0.3);
  }

  @Test
  void impossibleRatesAreRefused() {
    assertThatThrownBy(() -> new Schedule.Constant(0))
        .isInstanceOf(InlayException.class)
        .hasMessage("rate is 0.0; it must be more than 0.");
    assertThatThrownBy(() -> new Schedule.Poly(0.1, -1, 10)).hasMessageStartingWith("power is -1");
    assertThatThrownBy(() -> new Schedule.Poly(0.1, 1, 0)).hasMessageStartingWith("iterations is");
    assertThatThrownBy(() -> new Schedule.Warmup(new Schedule.Constant(1), -1))
        .hasMessageStartingWith("warmup is -1");
  }
}
