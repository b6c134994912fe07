package dev.inlay;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Checks of option values, for the compact constructors of options records.
 *
 * <p>Every message begins with the option's name, so that whoever reads the options can point at
 * it.
 */
public final class Check {

  private Check() {}

  /** Refuses with the message unless the condition holds. */
  public static void that(boolean holds, String message) {
    if (!holds) {
      throw new InlayException(message);
    }
  }

  /** A whole number that is at least {@code least}. */
  public static void atLeast(String option, long value, long least) {
    that(value >= least, option + " is " + value + "; it must be " + least + " or more");
  }

  /** A list with at least one element, each at least {@code least}. */
  public static void eachAtLeast(String option, Collection<Integer> values, long least) {
    that(!values.isEmpty(), option + " is []; it must name at least one value");
    for (int value : values) {
      that(value >= least, option + " is " + values + "; each value must be " + least + " or more");
    }
  }

  /** A number from {@code least} to {@code most}, both included. */
  public static void between(String option, double value, double least, double most) {
    that(
        value >= least && value <= most,
        option + " is " + value + "; it must be from " + least + " to " + most);
  }

  /** A finite number that is 0 or more. */
  public static void notNegative(String option, double value) {
    that(value >= 0 && Double.isFinite(value), option + " is " + value + "; it must be 0 or more");
  }

  /** One of the values listed. */
  public static void oneOf(String option, Object value, Object... allowed) {
    List<Object> all = Arrays.asList(allowed);
    that(all.contains(value), option + " is " + value + "; it must be one of " + all);
  }
}
