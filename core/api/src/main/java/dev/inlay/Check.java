package dev.inlay;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Checks of option values, for the compact constructors of options records.
 *
 * <p>Every message is one sentence that begins with the option's name, as in {@code rates is []; it
 * must name at least one value.} The spec reader finds the place of the mistake by that name.
 */
public final class Check {

  private Check() {}

  /**
   * Requires a condition.
   *
   * @throws InlayException with the message, if the condition does not hold
   */
  public static void that(boolean holds, String message) {
    if (!holds) {
      throw new InlayException(message);
    }
  }

  /**
   * Requires a condition. The message is formatted only if the condition does not hold.
   *
   * @param message a format as for {@link String#format}
   * @param values the values of the format
   * @throws InlayException with the formatted message, if the condition does not hold
   */
  public static void that(boolean holds, String message, @Nullable Object... values) {
    if (!holds) {
      throw new InlayException(String.format(Locale.ROOT, message, values));
    }
  }

  /**
   * Requires a whole number of {@code least} or more.
   *
   * @throws InlayException with the option, its value and the bound
   */
  public static void atLeast(String option, long value, long least) {
    that(value >= least, "%s is %d; it must be %d or more.", option, value, least);
  }

  /**
   * Requires a list of one or more elements, each {@code least} or more.
   *
   * @throws InlayException with the option, its value and the rule
   */
  public static void eachAtLeast(String option, Collection<Integer> values, long least) {
    that(!values.isEmpty(), "%s is []; it must name at least one value.", option);
    for (int value : values) {
      that(value >= least, "%s is %s; each value must be %d or more.", option, values, least);
    }
  }

  /**
   * Requires a number from {@code least} to {@code most}, both included.
   *
   * @throws InlayException with the option, its value and the range
   */
  public static void between(String option, double value, double least, double most) {
    that(
        value >= least && value <= most,
        "%s is %s; it must be from %s to %s.",
        option,
        value,
        least,
        most);
  }

  /**
   * Requires a finite number of 0 or more.
   *
   * @throws InlayException with the option and its value
   */
  public static void notNegative(String option, double value) {
    boolean holds = value >= 0 && Double.isFinite(value);
    that(holds, "%s is %s; it must be 0 or more.", option, value);
  }

  /**
   * Requires one of the allowed values.
   *
   * @throws InlayException with the option, its value and the allowed values
   */
  public static void oneOf(String option, Object value, Object... allowed) {
    List<Object> all = Arrays.asList(allowed);
    that(all.contains(value), "%s is %s; it must be one of %s.", option, value, all);
  }
}
