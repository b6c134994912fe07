package dev.inlay.contract;

import dev.inlay.torch.HostArray;

/** A crop may show nothing that counts; 0 divided by 0 would end the training. */
final class AllMayBeIgnored implements Rule {

  @Override
  public String name() {
    return "all-ignored";
  }

  @Override
  public String says() {
    return "Where all pixels are ignored, the loss is finite and its gradient is 0.";
  }

  @Override
  public Verdict check(Subject subject) {
    HostArray nothing = TrialObjective.ignored();
    for (String options : subject.samples()) {
      TrialObjective trial = TrialObjective.of(subject, options);
      float loss = trial.loss(trial.output(), nothing)[0];
      float[] gradient = trial.gradient(trial.output(), nothing);
      if (!Float.isFinite(loss) || Values.notFinite(gradient) > 0) {
        return failed(
            trial,
            "The loss is %s, with %d gradients that are NaN or infinite."
                .formatted(loss, Values.notFinite(gradient)));
      }
      if (!trial.takesLogits()) {
        continue; // What is not a map of pixels may learn that an image has none of its classes.
      }
      for (float value : gradient) {
        if (value != 0) {
          return failed(trial, "A gradient is %.2g.".formatted(value));
        }
      }
    }
    return Verdict.passed("%d samples of options".formatted(subject.samples().size()));
  }

  private static Verdict failed(TrialObjective trial, String found) {
    return Verdict.failed(
        trial + ", all labels ignored",
        found,
        "Divide by a count that atLeast(1) bounds, as in labels.countUnless(ignore).atLeast(1).",
        trial.line());
  }
}
