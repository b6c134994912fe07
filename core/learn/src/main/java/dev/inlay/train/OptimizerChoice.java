package dev.inlay.train;

import dev.inlay.Optimizer;
import dev.inlay.compile.OptimizerRule;
import dev.inlay.spec.Kind;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;

/** An optimizer with its options, as {@code sgd(momentum=0.9, decay=0.0001)} names it. */
public record OptimizerChoice(NetworkSpec.Stage<?> stage) {

  /** The optimizer of a training that names none. */
  public static final String DEFAULT = "sgd";

  /**
   * Reads an optimizer.
   *
   * @throws dev.inlay.InlayException if there is none of that name, or an option is wrong
   */
  public static OptimizerChoice parse(String text, Techniques techniques) {
    return new OptimizerChoice(NetworkSpec.parseStage(text, Kind.OPTIMIZER, techniques));
  }

  /** What it does with parameters that no group has. */
  public OptimizerRule<?> rule() {
    return rule(stage);
  }

  private static <O extends Record> OptimizerRule<O> rule(NetworkSpec.Stage<O> stage) {
    return OptimizerRule.of((Optimizer<O>) stage.technique(), stage.options());
  }

  /** The optimizer in its shortest form. */
  public String text() {
    return stage.toString();
  }

  /** The optimizer with all its options. */
  @Override
  public String toString() {
    return stage.inFull();
  }
}
