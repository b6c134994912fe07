package dev.inlay.compile;

import dev.inlay.Check;
import dev.inlay.Optimizer;
import dev.inlay.guard.Guard;

/**
 * An optimizer with the options for some parameters.
 *
 * @param <O> the optimizer's options record
 * @param rateFactor the factor of the learning rate for these parameters
 */
public record OptimizerRule<O extends Record>(
    Optimizer<O> optimizer, O options, double rateFactor) {

  public OptimizerRule {
    Check.notNegative("The factor of the learning rate", rateFactor);
  }

  /** The optimizer with its own options and a rate factor of 1. */
  public static <O extends Record> OptimizerRule<O> of(Optimizer<O> optimizer, O options) {
    return new OptimizerRule<>(optimizer, options, 1);
  }

  /** The same rule with the learning rate and the weight decay multiplied by factors. */
  public OptimizerRule<O> times(double rate, double decay) {
    O decayed =
        decay == 1
            ? options
            : Guard.answer(
                optimizer, "withDecayTimes", () -> optimizer.withDecayTimes(options, decay));
    return new OptimizerRule<>(optimizer, decayed, rateFactor * rate);
  }
}
