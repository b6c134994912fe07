package dev.inlay.plugins.expectationmaximisation;

/** Bases (C,K) that are fitted to pixels with loops over single numbers, and their moving mean. */
final class PlainBases {

  private final int channels;
  private final int count;
  private final double[][] stored;
  private double[][] mean = {};

  PlainBases(float[] values, int channels, int count) {
    this.channels = channels;
    this.count = count;
    stored = new double[count][channels];
    for (int i = 0; i < values.length; i++) {
      stored[i % count][i / count] = values[i];
    }
  }

  /** The pixels of maps (B,C,N), rebuilt; keeps the mean of the images' fitted bases. */
  double[] rebuilt(float[] maps, int images, int pixels, int rounds) {
    double[] made = new double[maps.length];
    mean = new double[count][channels];
    for (int image = 0; image < images; image++) {
      int begin = image * channels * pixels;
      double[][] bases = stored;
      double[][] shares = {};
      for (int round = 0; round < rounds; round++) {
        shares = shares(maps, begin, pixels, bases);
        bases = fitted(maps, begin, pixels, shares);
      }
      for (int k = 0; k < count; k++) {
        for (int c = 0; c < channels; c++) {
          mean[k][c] += bases[k][c] / images;
          for (int n = 0; n < pixels; n++) {
            made[begin + c * pixels + n] += bases[k][c] * shares[n][k];
          }
        }
      }
    }
    return made;
  }

  /** What a training step does after {@link #rebuilt}. */
  void move(double momentum) {
    for (int k = 0; k < count; k++) {
      double length = length(mean[k]);
      for (int c = 0; c < channels; c++) {
        stored[k][c] += momentum * (mean[k][c] / length - stored[k][c]);
      }
    }
  }

  /** The stored bases in row-major order. */
  double[] stored() {
    double[] values = new double[channels * count];
    for (int i = 0; i < values.length; i++) {
      values[i] = stored[i % count][i / count];
    }
    return values;
  }

  private double[][] shares(float[] maps, int begin, int pixels, double[][] bases) {
    double[][] shares = new double[pixels][count];
    for (int n = 0; n < pixels; n++) {
      double sum = 0;
      for (int k = 0; k < count; k++) {
        double product = 0;
        for (int c = 0; c < channels; c++) {
          product += maps[begin + c * pixels + n] * bases[k][c];
        }
        shares[n][k] = Math.exp(product);
        sum += shares[n][k];
      }
      for (int k = 0; k < count; k++) {
        shares[n][k] /= sum;
      }
    }
    return shares;
  }

  private double[][] fitted(float[] maps, int begin, int pixels, double[][] shares) {
    double[][] bases = new double[count][channels];
    for (int k = 0; k < count; k++) {
      for (int n = 0; n < pixels; n++) {
        for (int c = 0; c < channels; c++) {
          bases[k][c] += shares[n][k] * maps[begin + c * pixels + n];
        }
      }
      double length = length(bases[k]);
      for (int c = 0; c < channels; c++) {
        bases[k][c] /= length;
      }
    }
    return bases;
  }

  private static double length(double[] vector) {
    double sum = 0;
    for (double each : vector) {
      sum += each * each;
    }
    return Math.sqrt(sum);
  }
}
