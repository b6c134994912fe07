package dev.inlay.data;

import java.util.Arrays;

/**
 * How each place along one side of a crop comes from the rows or columns of an image that is scaled
 * first, so that only what the crop shows is computed.
 *
 * <p>The weights are a triangle's around the place's centre (half-pixel centres). Enlarging, that
 * is bilinear interpolation; shrinking, the triangle widens with the factor, so that every pixel of
 * the image counts and nothing flickers.
 */
final class Axis {
  /** What the weights of a place sum to. */
  static final int ONE = 1 << 12;

  private final int[] first;
  private final int[] count;
  private final int[] nearest;
  private final int[] weights;
  private final int stride;

  /**
   * Prepares one side.
   *
   * @param source the image's length
   * @param scaled the length it is scaled to
   * @param offset where the crop begins in the scaled image; places beyond its end are padding
   * @param length the crop's length
   * @param mirrored whether the crop's places run backwards
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

  /** The number of places. */
  int length() {
    return first.length;
  }

  boolean isPadding(int place) {
    return count[place] == 0;
  }

  /** The row or column whose centre is nearest. */
  int nearest(int place) {
    return nearest[place];
  }

  /** The first row or column that counts. */
  int first(int place) {
    return first[place];
  }

  /** How many rows or columns count; 0 where there is padding. */
  int count(int place) {
    return count[place];
  }

  /** The weight of the k-th row or column that counts. */
  int weight(int place, int k) {
    return weights[place * stride + k];
  }
}
