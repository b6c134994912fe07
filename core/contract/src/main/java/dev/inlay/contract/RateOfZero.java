package dev.inlay.contract;

import java.util.Arrays;

/** A warm-up begins at 0, and a schedule ends there. */
final class RateOfZero implements Rule {

  @Override
  public String name() {
    return "rate-of-zero";
  }

  @Override
  public String says() {
    return "A learning rate of 0 leaves the weight as it is, and a gradient of 0 leaves it finite.";
  }

  @Override
  public Verdict check(Subject subject) {
    for (String options : subject.samples()) {
      TrialOptimizer trial = TrialOptimizer.of(subject, options);
      float[] before = trial.weight();
      trial.step(before, 0);
      if (!Arrays.equals(trial.weight(), before)) {
        return Verdict.failed(
            trial + ", rate 0",
            "The weight changes.",
            "Multiply everything that is taken from the weight, decay too, by the rate.",
            trial.line());
      }
      trial.step(new float[before.length], 0.1f);
      if (Values.notFinite(trial.weight()) > 0) {
        return Verdict.failed(
            trial + ", a gradient of 0",
            "The weight becomes NaN or infinite.",
            "Add a small number to what is divided by.",
            trial.line());
      }
    }
    return Verdict.passed("%d samples of options".formatted(subject.samples().size()));
  }
}
