package dev.inlay.weights;

import java.util.function.LongConsumer;

/**
 * The difference of two tensors of the same shape and any types.
 *
 * <p>Two NaNs at the same position are equal, as are two infinities of the same sign. If only one
 * of two numbers is NaN or infinite, the difference is infinite.
 *
 * @param differing the number of elements that differ
 * @param absolute the largest difference of two numbers
 * @param relative the same, relative to the largest finite magnitude in either tensor
 */
public record TensorDifference(long differing, double absolute, double relative) {

  /** The difference so far, while two tensors are read in pieces. */
  private static final class Largest {
    private long differing;
    private double difference;
    private double magnitude;

    void add(double a, double b) {
      magnitude = Math.max(magnitude, Math.max(finite(a), finite(b)));
      if (a != b && !(Double.isNaN(a) && Double.isNaN(b))) {
        differing++;
        double apart = Math.abs(a - b);
        difference = Math.max(difference, Double.isNaN(apart) ? Double.POSITIVE_INFINITY : apart);
      }
    }

    /** Compares longs, because beyond 2^53 two whole numbers may be equal as doubles. */
    void add(long a, long b) {
      magnitude = Math.max(magnitude, Math.max(Math.abs((double) a), Math.abs((double) b)));
      if (a != b) {
        differing++;
        difference = Math.max(difference, Math.max(1, Math.abs((double) a - (double) b)));
      }
    }

    private static double finite(double number) {
      double size = Math.abs(number);
      return size <= Double.MAX_VALUE ? size : 0;
    }

    TensorDifference found() {
      double relative =
          differing == 0 ? 0 : magnitude == 0 ? Double.POSITIVE_INFINITY : difference / magnitude;
      return new TensorDifference(differing, difference, relative);
    }
  }

  /**
   * Reads both tensors once, in pieces.
   *
   * @param progress gets the number of bytes of both tensors after each piece
   * @throws IllegalArgumentException if their shapes differ
   * @throws dev.inlay.InlayException if reading fails
   */
  public static TensorDifference of(
      TensorFile fileA, TensorInfo a, TensorFile fileB, TensorInfo b, LongConsumer progress) {
    if (!a.shape().equals(b.shape())) {
      throw new IllegalArgumentException(a + " and " + b + " have different shapes");
    }
    NumberReader readA = new NumberReader(fileA, a, progress);
    NumberReader readB = new NumberReader(fileB, b, progress);
    Largest largest = new Largest();
    if (a.type().floating() || b.type().floating()) {
      compareDoubles(readA, readB, largest);
    } else {
      compareLongs(readA, readB, largest);
    }
    return largest.found();
  }

  private static void compareDoubles(NumberReader a, NumberReader b, Largest largest) {
    double[] ofA = new double[NumberReader.COUNT];
    double[] ofB = new double[NumberReader.COUNT];
    for (int count = a.next(ofA); count > 0; count = a.next(ofA)) {
      if (b.next(ofB) != count) {
        throw new IllegalStateException("Two readers went out of step");
      }
      for (int i = 0; i < count; i++) {
        largest.add(ofA[i], ofB[i]);
      }
    }
  }

  private static void compareLongs(NumberReader a, NumberReader b, Largest largest) {
    long[] ofA = new long[NumberReader.COUNT];
    long[] ofB = new long[NumberReader.COUNT];
    for (int count = a.next(ofA); count > 0; count = a.next(ofA)) {
      if (b.next(ofB) != count) {
        throw new IllegalStateException("Two readers went out of step");
      }
      for (int i = 0; i < count; i++) {
        largest.add(ofA[i], ofB[i]);
      }
    }
  }
}
