package dev.inlay.contract;

import dev.inlay.torch.HostArray;
import java.util.Random;

/** Arrays of random values, and how far two arrays are apart. */
final class Values {

  private static final double NOTHING = 1e-12;

  private Values() {}

  /** Normally distributed values, the same for the same shape. */
  static HostArray random(long... shape) {
    int size = size(shape);
    Random random = new Random(size);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new HostArray(shape, values);
  }

  static int size(long... shape) {
    long size = 1;
    for (long axis : shape) {
      size *= axis;
    }
    return Math.toIntExact(size);
  }

  /** Images (count,3,height,width). */
  static HostArray images(int count, int height, int width) {
    return random(count, 3, height, width);
  }

  /** The part of an array that belongs to one image of a batch. */
  static HostArray one(HostArray batch, int place) {
    long[] shape = batch.shape().clone();
    int size = batch.values().length / Math.toIntExact(shape[0]);
    shape[0] = 1;
    float[] values = new float[size];
    System.arraycopy(batch.values(), place * size, values, 0, size);
    return new HostArray(shape, values);
  }

  /** The largest difference, as a part of the largest expected magnitude. */
  static double largest(float[] expected, float[] actual) {
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      if (!Float.isFinite(actual[i])) {
        return Double.POSITIVE_INFINITY;
      }
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs((double) expected[i] - actual[i]));
    }
    return difference == 0 ? 0 : difference / Math.max(largest, NOTHING);
  }

  /** The root mean square of the differences, as a part of that of the expected values. */
  static double typical(float[] expected, float[] actual) {
    double squares = 0;
    double differences = 0;
    for (int i = 0; i < expected.length; i++) {
      if (!Float.isFinite(actual[i])) {
        return Double.POSITIVE_INFINITY;
      }
      double difference = (double) expected[i] - actual[i];
      squares += (double) expected[i] * expected[i];
      differences += difference * difference;
    }
    return differences == 0 ? 0 : Math.sqrt(differences / Math.max(squares, NOTHING));
  }

  /** How many values are NaN or infinite. */
  static long notFinite(float[] values) {
    long count = 0;
    for (float value : values) {
      count += Float.isFinite(value) ? 0 : 1;
    }
    return count;
  }
}
