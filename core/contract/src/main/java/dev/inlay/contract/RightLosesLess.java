package dev.inlay.contract;

import dev.inlay.torch.HostArray;

/** Training lessens the loss; the sign of it must be right. */
final class RightLosesLess implements Rule {

  @Override
  public String name() {
    return "right-loses-less";
  }

  @Override
  public String says() {
    return "Logits that are sure of the right class lose less than those of a wrong one.";
  }

  @Override
  public Verdict check(Subject subject) {
    HostArray labels = TrialObjective.labels();
    for (String options : subject.samples()) {
      TrialObjective trial = TrialObjective.of(subject, options);
      if (!trial.takesLogits()) {
        return Verdict.doesNotApply(trial.takes());
      }
      float right = trial.loss(TrialObjective.sure(labels, 0), labels)[0];
      float wrong = trial.loss(TrialObjective.sure(labels, 1), labels)[0];
      if (!(right < wrong)) {
        return Verdict.failed(
            trial.toString(),
            "The loss is %.4g where all is right and %.4g where all is wrong."
                .formatted(right, wrong),
            "A loss falls as predictions get better: see its sign.",
            trial.line());
      }
    }
    return Verdict.passed("%d samples of options".formatted(subject.samples().size()));
  }
}
