package dev.inlay;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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

  /**
   * Refuses with a message unless the condition holds; the message is put together only then.
   *
   * @param message as for {@link String#format}
   * @param values what goes into it
   */
  public static void that(boolean holds, String message, @Nullable Object... values) {
    if (!holds) {
      throw new InlayException(String.format(Locale.ROOT, message, values));
    }
  }

  /** A whole number that is at least {@code least}. */
  public static void atLeast(String option, long value, long least) {
    that(value >= least, "%s is %d; it must be %d or more", option, value, least);
  }

  /** A list with at least one element, each at least {@code least}. */
  public static void eachAtLeast(String option, Collection<Integer> values, long least) {
    that(!values.isEmpty(), "%s is []; it must name at least one value", option);
    for (int value : values) {
      that(value >= least, "%s is %s; each value must be %d or more", option, values, least);
    }
  }

  /** A number from {@code least} to {@code most}, both included. */
  public static void between(String option, double value, double least, double most) {
    that(
        value >= least && value <= most,
        "%s is %s; it must be from %s to %s",
        option,
        value,
        least,
        most);
  }

  /** A finite number that is 0 or more. */
  public static void notNegative(String option, double value) {
    boolean holds = value >= 0 && Double.isFinite(value);
    that(holds, "%s is %s; it must be 0 or more", option, value);
  }

  /** One of the values listed. */
  public static void oneOf(String option, Object value, Object... allowed) {
    List<Object> all = Arrays.asList(allowed);
    that(all.contains(value), "%s is %s; it must be one of %s", option, value, all);
  }
}
