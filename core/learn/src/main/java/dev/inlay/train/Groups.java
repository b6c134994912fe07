package dev.inlay.train;

import dev.inlay.Check;
import dev.inlay.compile.OptimizerRule;
import dev.inlay.graph.Parameter;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Parameter groups: factors of the learning rate and of the weight decay. The factors of all groups
 * that a parameter belongs to are multiplied.
 */
public record Groups(List<Group> groups) {

  /** No groups: all factors are 1. */
  public static final Groups NONE = new Groups(List.of());

  /**
   * Some parameters.
   *
   * @param says what people call the group
   * @param belongs whether a parameter belongs to it
   * @param rate the factor of the learning rate
   * @param decay the factor of the weight decay
   */
  public record Group(String says, Predicate<Parameter> belongs, double rate, double decay) {

    public Group {
      Check.notNegative("The learning rate's factor of '%s'".formatted(says), rate);
      Check.notNegative("The weight decay's factor of '%s'".formatted(says), decay);
    }

    /** The parameters in whose full names a pattern is found. */
    public static Group of(Pattern names, double rate, double decay) {
      return new Group(
          names.pattern(), parameter -> names.matcher(parameter.name()).find(), rate, decay);
    }

    /** The parameters of these names. */
    public static Group of(String says, Set<String> names, double rate, double decay) {
      return new Group(says, parameter -> names.contains(parameter.name()), rate, decay);
    }
  }

  public Groups {
    groups = List.copyOf(groups);
  }

  /** The rule of a parameter: the plain rule with the factors of the parameter's groups. */
  public OptimizerRule<?> rule(OptimizerRule<?> plain, Parameter parameter) {
    double rate = 1;
    double decay = 1;
    for (Group group : groups) {
      if (group.belongs().test(parameter)) {
        rate *= group.rate();
        decay *= group.decay();
      }
    }
    return rate == 1 && decay == 1 ? plain : plain.times(rate, decay);
  }
}
