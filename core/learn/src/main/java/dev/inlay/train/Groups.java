package dev.inlay.train;

import dev.inlay.Check;
import dev.inlay.compile.OptimizerRule;
import dev.inlay.graph.Parameter;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which parameters learn with which factors of the learning rate and of the weight decay. The first
 * group that has a parameter's name counts; a parameter of no group learns with factors of 1.
 */
public record Groups(List<Group> groups) {

  /** All parameters alike. */
  public static final Groups NONE = new Groups(List.of());

  /**
   * Parameters by their names.
   *
   * @param names a pattern that some part of the full name matches, as in {@code \.bias$}
   * @param rate the factor of the learning rate
   * @param decay the factor of the weight decay
   */
  public record Group(Pattern names, double rate, double decay) {

    public Group {
      Check.notNegative("The learning rate's factor of '" + names + "'", rate);
      Check.notNegative("The weight decay's factor of '" + names + "'", decay);
    }
  }

  public Groups {
    groups = List.copyOf(groups);
  }

  /** How a parameter is optimized, where all of no group are optimized by a rule. */
  public OptimizerRule<?> rule(OptimizerRule<?> plain, Parameter parameter) {
    for (Group group : groups) {
      if (group.names().matcher(parameter.name()).find()) {
        return plain.times(group.rate(), group.decay());
      }
    }
    return plain;
  }
}
