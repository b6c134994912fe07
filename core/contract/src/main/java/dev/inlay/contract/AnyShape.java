package dev.inlay.contract;

import java.util.Arrays;

/** Networks have scalars, biases and filters. */
final class AnyShape implements Rule {

  private static final long[][] SHAPES = {{}, {5}, {4, 3, 3, 3}};

  @Override
  public String name() {
    return "any-shape";
  }

  @Override
  public String says() {
    return "A parameter of any shape is updated, and keeps finite.";
  }

  @Override
  public Verdict check(Subject subject) {
    for (String options : subject.samples()) {
      for (long[] shape : SHAPES) {
        TrialOptimizer trial = TrialOptimizer.of(subject, options, shape);
        float[] before = trial.weight();
        trial.step(before, 0.1f);
        boolean same = Arrays.equals(before, trial.weight());
        if (same || Values.notFinite(trial.weight()) > 0) {
          return Verdict.failed(
              "%s on a parameter of shape %s".formatted(trial, Arrays.toString(shape)),
              same ? "The weight does not change." : "The weight becomes NaN or infinite.",
              "Describe the rule for tensors of any rank.",
              trial.line());
        }
      }
    }
    return Verdict.passed("shapes %s".formatted(Arrays.deepToString(SHAPES)));
  }
}
