package dev.inlay.train;

import dev.inlay.Optimizer;
import dev.inlay.compile.OptimizerRule;
import dev.inlay.spec.Kind;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;

/** An optimizer with its options, such as {@code sgd(momentum=0.9, decay=0.0001)}. */
public record OptimizerChoice(NetworkSpec.Stage<?> stage) {

  /** The default optimizer. */
  public static final String DEFAULT = "sgd";

  /**
   * Parses an optimizer from the spec language.
   *
   * @throws dev.inlay.InlayException if no optimizer has that name, or an option is wrong
   */
  public static OptimizerChoice parse(String text, Techniques techniques) {
    return new OptimizerChoice(NetworkSpec.parseStage(text, Kind.OPTIMIZER, techniques));
  }

  /** The optimizer's rule with factors of 1. */
  public OptimizerRule<?> rule() {
    return rule(stage);
  }

  private static <O extends Record> OptimizerRule<O> rule(NetworkSpec.Stage<O> stage) {
    return OptimizerRule.of((Optimizer<O>) stage.technique(), stage.options());
  }

  /** The optimizer without the options that have their default. */
  public String text() {
    return stage.toString();
  }

  /** The optimizer with all its options. */
  @Override
  public String toString() {
    return stage.inFull();
  }
}
