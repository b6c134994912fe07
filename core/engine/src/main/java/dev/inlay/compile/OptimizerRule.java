package dev.inlay.compile;

import dev.inlay.Check;
import dev.inlay.Optimizer;

/**
 * How some parameters are optimized.
 *
 * @param <O> the optimizer's options record
 * @param rateFactor what the step's learning rate is multiplied by for these parameters
 */
public record OptimizerRule<O extends Record>(
    Optimizer<O> optimizer, O options, double rateFactor) {

  public OptimizerRule {
    Check.notNegative("The factor of the learning rate", rateFactor);
  }

  /** The optimizer with its own options, for parameters without factors of their own. */
  public static <O extends Record> OptimizerRule<O> of(Optimizer<O> optimizer, O options) {
    return new OptimizerRule<>(optimizer, options, 1);
  }

  /** The same optimizer with its learning rate and its weight decay multiplied by factors. */
  public OptimizerRule<O> times(double rate, double decay) {
    O decayed = decay == 1 ? options : optimizer.withDecayTimes(options, decay);
    return new OptimizerRule<>(optimizer, decayed, rateFactor * rate);
  }
}
