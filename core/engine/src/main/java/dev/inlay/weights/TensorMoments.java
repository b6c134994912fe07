package dev.inlay.weights;

import java.util.function.LongConsumer;

/**
 * Statistics of a tensor's numbers.
 *
 * @param finite the number of finite elements, the only ones in norm, mean, min and max
 * @param nan the number of NaNs
 * @param infinite the number of infinities
 * @param norm the root of the sum of squares
 * @param mean their mean; NaN if there are none
 * @param min the smallest; NaN if there are none
 * @param max the largest; NaN if there are none
 */
public record TensorMoments(
    long finite, long nan, long infinite, double norm, double mean, double min, double max) {

  /**
   * Reads a tensor once, in pieces.
   *
   * @param progress gets the number of bytes after each piece
   * @throws dev.inlay.InlayException if reading fails
   */
  public static TensorMoments of(TensorFile file, TensorInfo tensor, LongConsumer progress) {
    NumberReader reader = new NumberReader(file, tensor, progress);
    double[] numbers = new double[NumberReader.COUNT];
    long nan = 0;
    long infinite = 0;
    double sum = 0;
    double squares = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int count = reader.next(numbers); count > 0; count = reader.next(numbers)) {
      for (int i = 0; i < count; i++) {
        double number = numbers[i];
        if (Math.abs(number) <= Double.MAX_VALUE) {
          sum += number;
          squares += number * number;
          min = Math.min(min, number);
          max = Math.max(max, number);
        } else if (Double.isNaN(number)) {
          nan++;
        } else {
          infinite++;
        }
      }
    }
    long finite = tensor.elements() - nan - infinite;
    return finite == 0
        ? new TensorMoments(0, nan, infinite, 0, Double.NaN, Double.NaN, Double.NaN)
        : new TensorMoments(finite, nan, infinite, Math.sqrt(squares), sum / finite, min, max);
  }
}
