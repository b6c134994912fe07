package dev.inlay.contract;

/** A loss has neither state nor dropout. */
final class LossDeterministic implements Rule {

  private static final double ROUNDING = 1e-6;

  @Override
  public String name() {
    return "deterministic";
  }

  @Override
  public String says() {
    return "The same output and labels give the same loss.";
  }

  @Override
  public Verdict check(Subject subject) {
    for (String options : subject.samples()) {
      TrialObjective trial = TrialObjective.of(subject, options);
      float[] first = trial.loss(trial.output(), TrialObjective.labels());
      float[] second = trial.loss(trial.output(), TrialObjective.labels());
      double apart = Values.largest(first, second);
      if (!(apart <= ROUNDING)) {
        return Verdict.failed(
            trial.toString(),
            "Two losses of one output are %.2g apart.".formatted(apart),
            "Describe from the options and the arguments alone. A technique has no state.",
            trial.line());
      }
    }
    return Verdict.passed("%d samples of options".formatted(subject.samples().size()));
  }
}
