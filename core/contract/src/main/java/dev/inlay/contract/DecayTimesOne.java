package dev.inlay.contract;

/** Groups of parameters have factors of the weight decay, mostly 1. */
final class DecayTimesOne implements Rule {

  @Override
  public String name() {
    return "decay-times-one";
  }

  @Override
  public String says() {
    return "A weight decay times 1 is the same.";
  }

  @Override
  public Verdict check(Subject subject) {
    for (String options : subject.samples()) {
      TrialOptimizer trial = TrialOptimizer.of(subject, options);
      if (!trial.isSameTimesOne()) {
        return Verdict.failed(
            trial.toString(),
            "withDecayTimes(options, 1) gives other options.",
            "Multiply the option for the weight decay by the factor, and leave the others.",
            "");
      }
    }
    return Verdict.passed("%d samples of options".formatted(subject.samples().size()));
  }
}
