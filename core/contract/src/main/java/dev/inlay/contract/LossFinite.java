package dev.inlay.contract;

import java.util.Arrays;

/** Decoders and side outputs have logits of other sizes than the labels. */
final class LossFinite implements Rule {

  private static final int[][] SIZES = {
    {TrialObjective.HEIGHT, TrialObjective.WIDTH}, {6, 5}, {3, 4}
  };

  @Override
  public String name() {
    return "loss-finite";
  }

  @Override
  public String says() {
    return "The loss is one finite number, at any resolution of its logits.";
  }

  @Override
  public Verdict check(Subject subject) {
    for (String options : subject.samples()) {
      TrialObjective trial = TrialObjective.of(subject, options);
      for (int[] size : SIZES) {
        float[] loss = trial.loss(trial.output(size[0], size[1]), TrialObjective.labels());
        if (loss.length != 1 || !Float.isFinite(loss[0])) {
          return Verdict.failed(
              "%s, %s".formatted(trial, Arrays.toString(size)),
              loss.length == 1
                  ? "The loss is %s.".formatted(loss[0])
                  : "The loss has %d values.".formatted(loss.length),
              "Bring logits to the labels' size with Objective.atLabels, reduce over all axes, and keep arguments of log and divisions above 0 with atLeast.",
              trial.line());
        }
      }
    }
    return Verdict.passed("logits of %s".formatted(Arrays.deepToString(SIZES)));
  }
}
