package dev.inlay.data;

import java.util.Arrays;

/**
 * Interpolation weights along one axis of a crop: which rows or columns of the unscaled image make
 * each row or column of the crop. The scaled image itself is never computed.
 *
 * <p>The filter is a triangle with half-pixel centres. For enlarging, this is bilinear
 * interpolation; for shrinking, the triangle widens with the factor (antialiasing), so that every
 * pixel of the image contributes.
 */
final class Axis {
  /** The sum of the weights of one position. */
  static final int ONE = 1 << 12;

  private final int[] first;
  private final int[] count;
  private final int[] nearest;
  private final int[] weights;
  private final int stride;

  /**
   * Computes the weights.
   *
   * @param source the image's length, in pixels
   * @param scaled the scaled image's length
   * @param offset the crop's first position in the scaled image; positions beyond the image are
   *     padding
   * @param length the crop's length
   * @param mirrored whether the crop is mirrored along this axis
   */
  Axis(int source, int scaled, int offset, int length, boolean mirrored) {
    double ratio = (double) source / scaled;
    double radius = Math.max(1, ratio);
    stride = 2 * (int) Math.ceil(radius) + 1;
    first = new int[length];
    count = new int[length];
    nearest = new int[length];
    weights = new int[length * stride];
    double[] triangle = new double[stride];
    for (int i = 0; i < length; i++) {
      int place = offset + (mirrored ? length - 1 - i : i);
      if (place < scaled) {
        double centre = (place + 0.5) * ratio;
        nearest[i] = Math.min(source - 1, (int) centre);
        first[i] = Math.max(0, (int) (centre - radius + 0.5));
        count[i] = Math.min(source, (int) (centre + radius + 0.5)) - first[i];
        for (int k = 0; k < count[i]; k++) {
          triangle[k] = Math.max(0, 1 - Math.abs(first[i] + k + 0.5 - centre) / radius);
        }
        quantize(triangle, count[i], i * stride);
      }
    }
  }

  private void quantize(double[] triangle, int taps, int at) {
    double sum = Arrays.stream(triangle, 0, taps).sum();
    int left = ONE;
    int heaviest = at;
    for (int k = 0; k < taps; k++) {
      int weight = (int) Math.round(triangle[k] / sum * ONE);
      weights[at + k] = weight;
      left -= weight;
      heaviest = weight > weights[heaviest] ? at + k : heaviest;
    }
    weights[heaviest] += left;
  }

  /** The crop's length. */
  int length() {
    return first.length;
  }

  boolean isPadding(int place) {
    return count[place] == 0;
  }

  /** The nearest row or column of the image. */
  int nearest(int place) {
    return nearest[place];
  }

  /** The first row or column of the image with a weight. */
  int first(int place) {
    return first[place];
  }

  /** The number of rows or columns with weights; 0 for padding. */
  int count(int place) {
    return count[place];
  }

  /**
   * The weight of row or column {@code first + k}; all weights of a position sum to {@link #ONE}.
   */
  int weight(int place, int k) {
    return weights[place * stride + k];
  }
}
