package dev.inlay.torch;

/**
 * Statistics of a value, computed where it lies. Mean, deviation, least and largest are those of
 * its finite elements; they are NaN if there is none.
 *
 * @param count the number of elements
 * @param mean their mean
 * @param deviation their standard deviation, of the elements themselves rather than of a sample
 * @param zeros how many are zero
 * @param nans how many are NaN
 * @param infinities how many are infinite
 */
public record ValueStatistics(
    long count,
    double mean,
    double deviation,
    double least,
    double largest,
    long zeros,
    long nans,
    long infinities) {

  /** Whether no element is NaN or infinite. */
  public boolean isFinite() {
    return nans == 0 && infinities == 0;
  }

  /** Whether every element is zero. */
  public boolean isZero() {
    return zeros == count;
  }

  /** The share of elements that are zero, 0 to 1. */
  public double zeroShare() {
    return (double) zeros / count;
  }
}
