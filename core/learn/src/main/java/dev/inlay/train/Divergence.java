package dev.inlay.train;

import dev.inlay.InlayException;
import dev.inlay.data.Batch;
import dev.inlay.torch.BatchSize;
import dev.inlay.torch.Network;
import dev.inlay.trace.FindingText;
import dev.inlay.trace.Trace;
import dev.inlay.trace.Tracer;
import java.util.List;
import java.util.Locale;

/**
 * Explains a step whose loss or gradients are NaN or infinite: takes it again, operation by
 * operation, and names the first one that makes such a number.
 */
final class Divergence {

  private static final int MOST_NAMES = 8;

  private final Network network;
  private final Losses losses;
  private final TrainingPlan plan;

  Divergence(Network network, Losses losses, TrainingPlan plan) {
    this.network = network;
    this.losses = losses;
    this.plan = plan;
  }

  /**
   * Explains a step that was not applied, so that the weights are those before it.
   *
   * @param names the images of the batch
   * @param iteration the step's number, from 1
   */
  InlayException explain(
      StepResult step, Batch batch, List<String> names, int iteration, double rate) {
    String what =
        Double.isFinite(step.loss())
            ? "norm of the gradients is " + step.gradientNorm()
            : "loss is " + step.loss();
    return new InlayException(
        String.format(
            Locale.ROOT,
            "The %s at iteration %d with the learning rate %.4g, so training ends; what was saved before stays. %s The batch has %s. %s",
            what,
            iteration,
            rate,
            place(batch),
            images(names),
            wayOut(iteration)));
  }

  private String place(Batch batch) {
    Trace trace;
    try {
      trace =
          Tracer.training(
              network,
              losses.graph(),
              losses.total(),
              plan.stepping().frozen().program(plan.options()),
              batch.images(),
              batch.labels(),
              new BatchSize(batch.size(), batch.height(), batch.width()),
              plan.normalization(),
              false);
    } catch (RuntimeException | OutOfMemoryError e) {
      // The step is what failed; that it could not be looked into is no second failure.
      return "The step could not be taken again to find the operation (%s)."
          .formatted(e.getMessage());
    }
    return trace
        .forward()
        .map(FindingText::forward)
        .or(() -> trace.backward().map(FindingText::backward))
        .orElse(
            "Taken again, operation by operation, the step makes finite numbers only; random numbers such as those of dropout make the difference.");
  }

  private static String images(List<String> names) {
    int shown = Math.min(MOST_NAMES, names.size());
    String rest = shown < names.size() ? " and %d more".formatted(names.size() - shown) : "";
    return "the images " + String.join(", ", names.subList(0, shown)) + rest;
  }

  private static String wayOut(int iteration) {
    return iteration == 1
        ? "No learning rate has been applied yet: look at this operation, the initial weights and these images."
        : "If the numbers grew during training, lower the learning rate or warm up longer.";
  }
}
