package dev.inlay.torch;

import dev.inlay.Named;
import dev.inlay.Optimizer;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.compile.OptimizerRule;

/** An optimizer for a test, without options. */
@FunctionalInterface
interface Rule {

  /** No options. */
  record Options() {}

  /** The new weight. */
  Tensor next(Tensor weight, Tensor gradient, Tensor rate, Scope memory);

  /** The rule as an optimizer's rule. */
  static OptimizerRule<Options> of(Rule rule) {
    return OptimizerRule.of(new Described(rule), new Options());
  }

  /** An optimizer of a rule. */
  @Named(value = "trial", says = "A rule for a test.")
  record Described(Rule rule) implements Optimizer<Options> {

    @Override
    public Tensor next(Options options, Tensor weight, Tensor gradient, Tensor rate, Scope memory) {
      return rule.next(weight, gradient, rate, memory);
    }
  }
}
