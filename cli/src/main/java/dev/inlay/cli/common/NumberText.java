package dev.inlay.cli.common;

import java.util.Locale;

/** Formats numbers for the terminal. */
public final class NumberText {

  private static final String[] UNITS = {"", " k", " M", " G", " T"};

  private NumberText() {}

  /** {@code 48,975,494}. */
  public static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 48,975,494} for a count, {@code 0.001719} for any other number. */
  public static String number(Number number) {
    return number instanceof Integer || number instanceof Long
        ? grouped(number.longValue())
        : String.format(Locale.ROOT, "%.4g", number.doubleValue());
  }

  /** {@code 356.59 G}: two decimals, in the largest unit that gives 1 or more. */
  public static String scaled(long number) {
    double value = number;
    int unit = 0;
    while (value >= 1000 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    return unit == 0 ? number + "" : String.format(Locale.ROOT, "%.2f%s", value, UNITS[unit]);
  }

  /** {@code 45.6 %}, or a dash for NaN. */
  public static String percent(double fraction) {
    return Double.isNaN(fraction) ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * fraction);
  }

  /** {@code 0:42}, or {@code 1:02:03} from an hour on. */
  public static String duration(double seconds) {
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }
}
