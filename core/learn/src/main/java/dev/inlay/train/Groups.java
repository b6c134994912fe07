package dev.inlay.train;

import dev.inlay.Check;
import dev.inlay.compile.OptimizerRule;
import dev.inlay.graph.Parameter;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Parameter groups: factors of the learning rate and of the weight decay by parameter name. A
 * parameter belongs to the first group whose pattern matches; the factors of all other parameters
 * are 1.
 */
public record Groups(List<Group> groups) {

  /** No groups: all factors are 1. */
  public static final Groups NONE = new Groups(List.of());

  /**
   * The parameters whose names match a pattern.
   *
   * @param names a pattern to be found anywhere in the full name, such as {@code \.bias$}
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

  /** The rule of a parameter: the plain rule with the factors of the parameter's group. */
  public OptimizerRule<?> rule(OptimizerRule<?> plain, Parameter parameter) {
    for (Group group : groups) {
      if (group.names().matcher(parameter.name()).find()) {
        return plain.times(group.rate(), group.decay());
      }
    }
    return plain;
  }
}
