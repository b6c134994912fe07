package dev.inlay.evaluate.boundary;

import java.util.Arrays;

/**
 * The squared Euclidean distance of each pixel to the nearest marked one. Felzenszwalb,
 * Huttenlocher, Distance Transforms of Sampled Functions, Theory of Computing 8, 2012, section 2:
 * the lower envelope of parabolas, first along columns, then along rows, in linear time.
 */
final class DistanceMap {

  /** More than any distance within an image, and still without overflow in sums. */
  static final int FAR = 1 << 29;

  private DistanceMap() {}

  /**
   * Computes the distances.
   *
   * @param marked (H,W)
   * @return (H,W); {@link #FAR} or more where nothing is marked
   */
  static int[] squared(boolean[] marked, int width, int height) {
    int[] distances = new int[marked.length];
    for (int i = 0; i < marked.length; i++) {
      distances[i] = marked[i] ? 0 : FAR;
    }
    Line column = new Line(height);
    for (int x = 0; x < width; x++) {
      column.transform(distances, x, width);
    }
    Line row = new Line(width);
    for (int y = 0; y < height; y++) {
      row.transform(distances, y * width, 1);
    }
    return distances;
  }

  /** The transform of one line, with its working memory. */
  private static final class Line {
    private final int length;
    private final int[] values;
    private final int[] vertices;
    private final double[] limits;

    Line(int length) {
      this.length = length;
      values = new int[length];
      vertices = new int[length];
      limits = new double[length + 1];
    }

    void transform(int[] map, int from, int step) {
      int count = 0;
      for (int i = 0; i < length; i++) {
        values[i] = map[from + i * step];
        if (values[i] < FAR) {
          count = envelope(i, count);
        }
      }
      if (count == 0) {
        return;
      }
      limits[count] = Double.POSITIVE_INFINITY;
      int k = 0;
      for (int i = 0; i < length; i++) {
        while (limits[k + 1] < i) {
          k++;
        }
        int away = i - vertices[k];
        map[from + i * step] = away * away + values[vertices[k]];
      }
      Arrays.fill(limits, 0);
    }

    /** Adds the parabola at a place to the lower envelope of those before it. */
    private int envelope(int place, int count) {
      int kept = count;
      while (kept > 0) {
        double crossing = crossing(vertices[kept - 1], place);
        if (crossing > limits[kept - 1]) {
          limits[kept] = crossing;
          vertices[kept] = place;
          return kept + 1;
        }
        kept--;
      }
      limits[0] = Double.NEGATIVE_INFINITY;
      vertices[0] = place;
      return 1;
    }

    private double crossing(int left, int right) {
      double difference = (double) values[right] + (double) right * right;
      difference -= (double) values[left] + (double) left * left;
      return difference / (2.0 * (right - left));
    }
  }
}
