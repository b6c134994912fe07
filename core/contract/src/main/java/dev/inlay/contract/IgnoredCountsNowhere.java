package dev.inlay.contract;

import dev.inlay.torch.HostArray;

/** Logits are changed at ignored pixels alone, which no loss may notice. */
final class IgnoredCountsNowhere implements Rule {

  private static final double TOLERANCE = 1e-6;

  @Override
  public String name() {
    return "ignored";
  }

  @Override
  public String says() {
    return "Pixels of the ignore index count neither in the loss nor in its gradient.";
  }

  @Override
  public Verdict check(Subject subject) {
    HostArray labels = TrialObjective.labels();
    for (String options : subject.samples()) {
      TrialObjective trial = TrialObjective.of(subject, options);
      if (!trial.takesLogits()) {
        return Verdict.doesNotApply(trial.takes());
      }
      HostArray logits = trial.output();
      float loss = trial.loss(logits, labels)[0];
      float changed = trial.loss(TrialObjective.changedWhereIgnored(logits, labels), labels)[0];
      if (!(Math.abs(loss - changed) <= TOLERANCE)) {
        return failed(
            trial,
            "The loss changes by %.2g with what ignored pixels predict.".formatted(changed - loss));
      }
      float[] gradient = trial.gradient(logits, labels);
      for (int place : TrialObjective.ignoredPlaces(labels)) {
        if (gradient[place] != 0) {
          return failed(
              trial, "The gradient at an ignored pixel is %.2g.".formatted(gradient[place]));
        }
      }
    }
    return Verdict.passed("%d samples of options".formatted(subject.samples().size()));
  }

  private static Verdict failed(TrialObjective trial, String found) {
    return Verdict.failed(
        trial.toString(),
        found,
        "Mask them: labels.ignored(ignore) is true there, and maskedFill sets them to 0; divide by the number of the others.",
        trial.line());
  }
}
