package dev.inlay.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.InlayException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Schedules by their specs, against the recursions and closed forms of the references. */
final class ScheduleSpecTest {

  private static final int ITERATIONS = 40;
  private static final double RATE = 0.02;

  private interface Formula {
    double at(int iteration);
  }

  private static void assertIs(String spec, Formula formula) {
    Schedule schedule = ScheduleSpec.parse(spec).schedule(RATE, ITERATIONS);
    assertThat(schedule.rate()).isEqualTo(RATE);
    for (int t = 0; t < ITERATIONS; t++) {
      assertThat(schedule.at(t)).as("%s at %d", spec, t).isCloseTo(formula.at(t), within(1e-12));
    }
  }

  @Test
  void polyIsTorchvisionsOrMmengines() {
    assertIs("poly", t -> RATE * Math.pow(1 - t / 40.0, 0.9));
    assertIs("poly(power=2, end=1e-4)", t -> 1e-4 + (RATE - 1e-4) * Math.pow(1 - t / 40.0, 2));
    List<Double> rates = new ArrayList<>();
    double rate = RATE;
    for (int step = 1; step <= ITERATIONS; step++) {
      rates.add(rate);
      // PolyParamScheduler with total_iters = end - begin - 1
      if (step < ITERATIONS) {
        double left = ITERATIONS - 1 - step + 1;
        rate = (rate - 1e-4) * Math.pow(1 - 1 / left, 0.9) + 1e-4;
      }
    }
    assertIs("poly(end=1e-4, form=mmengine)", rates::get);
    assertThat(rates.get(ITERATIONS - 1)).isCloseTo(1e-4, within(1e-15));
  }

  /** Bit for bit what trainings had before schedules had specs. */
  @Test
  void theDefaultIsAsEver() {
    Schedule schedule = ScheduleSpec.parse(ScheduleSpec.DEFAULT).schedule(0.05, 300);
    for (int t = 0; t < 301; t++) {
      assertThat(schedule.at(t))
          .isEqualTo(0.05 * Math.pow(Math.max(0, 1 - (double) t / 300), 0.9))
          .isEqualTo(new Schedule.Poly(0.05, 0.9, 300).at(t));
    }
  }

  @Test
  void cosineIsPyTorchs() {
    assertIs("cosine", t -> RATE * (1 + Math.cos(Math.PI * t / 40)) / 2);
    assertIs(
        "cosine(end=0.001)", t -> 0.001 + (RATE - 0.001) * (1 + Math.cos(Math.PI * t / 40)) / 2);
  }

  @Test
  void stepsFallAtSharesOfTheTraining() {
    assertIs("step(at=[0.5, 0.75])", t -> RATE * (t < 20 ? 1 : t < 30 ? 0.1 : 0.1 * 0.1));
    assertIs("step(at=[0.33], factor=0.5)", t -> t < 14 ? RATE : RATE / 2);
  }

  /** OneCycleLR with 40 steps: the phases end at the steps 11 and 39. */
  @Test
  void oneCycleIsPyTorchs() {
    double low = RATE / 25;
    double end = low / 10_000;
    assertIs(
        "one-cycle",
        t ->
            t <= 11
                ? RATE + (low - RATE) / 2 * (1 + Math.cos(Math.PI * t / 11))
                : end + (RATE - end) / 2 * (1 + Math.cos(Math.PI * (t - 11) / 28)));
    Schedule short1 = ScheduleSpec.parse("one-cycle").schedule(RATE, 1);
    assertThat(short1.at(0)).isPositive().isLessThanOrEqualTo(RATE);
  }

  @Test
  void constantStays() {
    assertIs("constant", t -> RATE);
  }

  /** mmengine's LinearLR: from a factor to 1 in the last iteration of the warm-up. */
  @Test
  void warmupRisesFromAFactor() {
    Schedule warm = new Schedule.Warmup(new Schedule.Constant(RATE), 10, 0.1);
    for (int t = 0; t < 20; t++) {
      double factor = t >= 9 ? 1 : 0.1 + 0.9 * t / 9;
      assertThat(warm.at(t)).isCloseTo(RATE * factor, within(1e-15));
    }
    assertThat(new Schedule.Warmup(new Schedule.Constant(RATE), 1, 0.1).at(0)).isEqualTo(RATE);
    assertThatThrownBy(() -> new Schedule.Warmup(new Schedule.Constant(RATE), 5, 2))
        .hasMessageStartingWith("warmup-from is 2.0");
  }

  @Test
  void textsAreShortAndReadAgain() {
    for (String text :
        List.of(
            "poly",
            "poly(power=1.0, end=1.0e-4, form=mmengine)",
            "cosine(end=0.001)",
            "step(at=[0.5], factor=0.2)",
            "one-cycle(rise=0.1)",
            "constant")) {
      ScheduleSpec spec = ScheduleSpec.parse(text);
      assertThat(spec.text()).isEqualTo(text);
      assertThat(ScheduleSpec.parse(spec.text())).isEqualTo(spec);
    }
    assertThat(ScheduleSpec.parse("poly(power=0.9)").text()).isEqualTo("poly");
  }

  @Test
  void mistakesAreNamedWithTheirPlace() {
    assertRefused(
        "ploy",
        "No schedule is named 'ploy'. Did you mean 'poly'?"
            + " Schedules: poly, cosine, step, one-cycle, constant.\n  ploy\n  ^^^^");
    assertRefused("poly(power=-1)", "poly.power is -1.0; it must be 0 or more.\n");
    assertRefused("poly(powr=1)", "'poly' has no option 'powr'. Did you mean 'power'?");
    assertRefused("step(at=[0.5, 0.4])", "step.at is [0.5, 0.4]; each share must be above");
    assertRefused(
        "step(at=[2])", "step.at is [2.0]; each value must be more than 0 and less than 1");
    assertRefused("poly | cosine", "One schedule must stand alone, but a second one follows.");
    assertThatThrownBy(() -> ScheduleSpec.parse("cosine(end=0.1)").schedule(0.05, 10))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "The schedule cosine(end=0.1) ends at the rate 0.1, which is above the rate 0.05 at"
                + " which it begins. Lower its end.");
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> ScheduleSpec.parse(text))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining(message);
  }
}
