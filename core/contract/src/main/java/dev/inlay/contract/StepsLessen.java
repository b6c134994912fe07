package dev.inlay.contract;

/** The sum of squares has its gradient in every weight, and its minimum at 0. */
final class StepsLessen implements Rule {

  private static final int STEPS = 20;
  private static final float RATE = 0.02f;

  @Override
  public String name() {
    return "steps-lessen";
  }

  @Override
  public String says() {
    return "Twenty steps lessen a sum of squares.";
  }

  @Override
  public Verdict check(Subject subject) {
    for (String options : subject.samples()) {
      TrialOptimizer trial = TrialOptimizer.of(subject, options);
      double before = trial.sumOfSquares();
      for (int step = 0; step < STEPS; step++) {
        trial.step(trial.weight(), RATE);
      }
      double after = trial.sumOfSquares();
      if (!(after < before)) {
        return Verdict.failed(
            "%s, %d steps at the rate %s".formatted(trial, STEPS, RATE),
            "The sum of squares is %.4g before and %.4g after.".formatted(before, after),
            "A step goes against the gradient; where memory begins at 0, divisions by it need a small number that is added.",
            trial.line());
      }
    }
    return Verdict.passed("%d samples of options".formatted(subject.samples().size()));
  }
}
