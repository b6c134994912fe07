package dev.inlay.spec;

import dev.inlay.Option;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The rules that the {@link Option} annotation of one option states for its values. */
final class OptionRules {

  private final String name;
  private final Option option;

  OptionRules(String name, Option option) {
    this.name = name;
    this.option = option;
  }

  /** A rule that does not apply to values of this type, in words; empty if there is none. */
  Optional<String> misplaced(OptionType type) {
    OptionType single = type instanceof OptionType.Many many ? many.element() : type;
    boolean whole = single instanceof OptionType.Whole;
    boolean number = whole || single instanceof OptionType.Fraction;
    if (!number && !bounds().isEmpty()) {
      return Optional.of("bounds, which only numbers have");
    }
    if (!whole && (option.odd() || option.oneOf().length > 0)) {
      return Optional.of("a rule for whole numbers");
    }
    if (!(type instanceof OptionType.Many) && (option.size() > 0 || option.empty())) {
      return Optional.of("a size, which only lists have");
    }
    return Optional.empty();
  }

  /** The first rule that a value breaks, in a sentence that begins with the option's name. */
  Optional<String> broken(Object value) {
    if (!(value instanceof List<?> list)) {
      return keeps(value) ? Optional.empty() : Optional.of(says(value, "it must be " + rule()));
    }
    if (list.isEmpty() && !option.empty()) {
      return Optional.of(says(value, "it must name at least one value"));
    }
    if (option.size() > 0 && list.size() != option.size() && !list.isEmpty()) {
      return Optional.of(says(value, "it must name %d values".formatted(option.size())));
    }
    return list.stream().allMatch(this::keeps)
        ? Optional.empty()
        : Optional.of(says(value, "each value must be " + rule()));
  }

  private String says(Object value, String rule) {
    return "%s is %s; %s.".formatted(name, value, rule);
  }

  private boolean keeps(Object value) {
    if (!(value instanceof Number number)) {
      return true;
    }
    double x = number.doubleValue();
    boolean listed =
        option.oneOf().length == 0
            || Arrays.stream(option.oneOf()).anyMatch(allowed -> allowed == number.longValue());
    return Double.isFinite(x)
        && x >= option.least()
        && x <= option.most()
        && (x > option.above() || option.above() == Double.NEGATIVE_INFINITY)
        && (x < option.below() || option.below() == Double.POSITIVE_INFINITY)
        && (!option.odd() || (x > 0 && number.longValue() % 2 != 0))
        && listed;
  }

  /** The rules for a number as the end of a sentence that begins with "it must be". */
  private String rule() {
    if (option.oneOf().length > 0) {
      return "one of " + Arrays.toString(option.oneOf());
    }
    List<String> rules = new ArrayList<>(bounds());
    if (option.odd()) {
      rules.add("odd and positive");
    }
    return rules.isEmpty() ? "finite" : String.join(" and ", rules);
  }

  private List<String> bounds() {
    double least = option.least();
    double most = option.most();
    List<String> bounds = new ArrayList<>();
    if (Double.isFinite(least) && Double.isFinite(most)) {
      bounds.add("from " + shown(least) + " to " + shown(most));
    } else if (Double.isFinite(least)) {
      bounds.add(shown(least) + " or more");
    } else if (Double.isFinite(most)) {
      bounds.add(shown(most) + " or less");
    }
    if (Double.isFinite(option.above())) {
      bounds.add("more than " + shown(option.above()));
    }
    if (Double.isFinite(option.below())) {
      bounds.add("less than " + shown(option.below()));
    }
    return bounds;
  }

  private static String shown(double bound) {
    return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
  }
}
