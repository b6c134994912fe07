package dev.inlay.contract;

import dev.inlay.torch.DoubleFunction;

/** By the output of the network, in the mode of training. */
final class LossGradientsExact implements Rule {

  @Override
  public String name() {
    return "gradients";
  }

  @Override
  public String says() {
    return "The gradient of the loss equals finite differences in double precision, and is not 0.";
  }

  @Override
  public Verdict check(Subject subject) {
    for (String options : subject.samples()) {
      TrialObjective trial = TrialObjective.of(subject, options);
      String wrong;
      try (DoubleFunction function = trial.function(trial.output(6, 5), TrialObjective.labels())) {
        wrong = Slopes.wrong(function);
      }
      if (wrong.isEmpty()) {
        boolean flat = true;
        for (float value : trial.gradient(trial.output(), TrialObjective.labels())) {
          flat &= value == 0;
        }
        wrong = flat ? "The gradient is 0 everywhere: nothing learns from the loss." : "";
      }
      if (!wrong.isEmpty()) {
        return Verdict.failed(
            trial.toString(),
            wrong,
            "Look for detach, argmax and comparisons between output and loss, and for expressions of raw.",
            trial.line());
      }
    }
    return Verdict.passed("%d samples of options".formatted(subject.samples().size()));
  }
}
