package dev.inlay.evaluate;

/**
 * An interval that a score lies in with a probability, such as 95 %.
 *
 * @param low the lower end; NaN if there is none
 * @param high the upper end
 */
public record Interval(double low, double high) {

  /** Whether a value lies inside, ends included. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
