package dev.inlay.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The progress of a training after an iteration.
 *
 * @param iteration the number of iterations done
 * @param iterations the number of iterations in all
 * @param loss the weighted sum of the losses
 * @param losses the single losses by name
 * @param meanIou the mIoU of the latest augmented training batches, each predicted before its step;
 *     not a score on held-out images
 * @param rate the learning rate of this iteration
 * @param gradientNorm the Euclidean norm of all gradients together, before they are clipped
 * @param seconds the seconds since the training began, scoring included
 * @param time the parts of this iteration's time
 */
public record Progress(
    int iteration,
    int iterations,
    double loss,
    Map<String, Double> losses,
    double meanIou,
    double rate,
    double gradientNorm,
    double seconds,
    StepTime time) {

  private static final String LATEST = "latest.";
  private static final String SINGLE = LATEST + "loss.";

  /** Adds the progress to a state's facts, with all digits. */
  void write(Map<String, String> facts) {
    facts.put(LATEST + "iterations", Integer.toString(iterations));
    facts.put(LATEST + "sum", Double.toString(loss));
    losses.forEach((name, single) -> facts.put(SINGLE + name, Double.toString(single)));
    facts.put(LATEST + "miou", Double.toString(meanIou));
    facts.put(LATEST + "rate", Double.toString(rate));
    facts.put(LATEST + "norm", Double.toString(gradientNorm));
    facts.put(LATEST + "seconds", Double.toString(seconds));
  }

  /** The progress of a state's facts, without the parts of its time; empty if they have none. */
  static Optional<Progress> read(Map<String, String> facts, int iteration) {
    if (!facts.containsKey(LATEST + "sum")) {
      return Optional.empty();
    }
    Map<String, Double> losses = new LinkedHashMap<>();
    for (String fact : facts.keySet()) {
      if (fact.startsWith(SINGLE)) {
        losses.put(fact.substring(SINGLE.length()), number(facts, fact));
      }
    }
    return Optional.of(
        new Progress(
            iteration,
            (int) number(facts, LATEST + "iterations"),
            number(facts, LATEST + "sum"),
            losses,
            number(facts, LATEST + "miou"),
            number(facts, LATEST + "rate"),
            number(facts, LATEST + "norm"),
            number(facts, LATEST + "seconds"),
            new StepTime(0, 0, 0)));
  }

  /** A number of the facts; NaN if it is none. */
  private static double number(Map<String, String> facts, String name) {
    try {
      return Double.parseDouble(facts.getOrDefault(name, "NaN"));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
