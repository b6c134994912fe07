package dev.inlay.plugins.asymmetricnonlocal;

import dev.inlay.graph.Parameter;
import dev.inlay.torch.HostArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Attention to pooled keys, pixel by pixel, on maps of one image (C,H,W). */
record PlainAttention(Map<String, HostArray> state, List<Integer> bins) {

  /** Random weights; norms that only divide by sqrt(1 + 1e-5). */
  static HostArray state(Parameter parameter, RandomGenerator random) {
    long[] shape = parameter.shape().stream().mapToLong(Long::longValue).toArray();
    HostArray values = random(random, shape);
    if (parameter.name().contains(".bn.")) {
      boolean one = parameter.name().endsWith("weight") || parameter.name().endsWith("var");
      Arrays.fill(values.values(), one ? 1 : 0);
    }
    return values;
  }

  static HostArray random(RandomGenerator random, long... shape) {
    int size = 1;
    for (long each : shape) {
      size *= (int) each;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new HostArray(shape, values);
  }

  static double[][][] image(HostArray maps, int image) {
    int channels = (int) maps.shape()[1];
    int height = (int) maps.shape()[2];
    int width = (int) maps.shape()[3];
    double[][][] map = new double[channels][height][width];
    for (int i = 0; i < channels * height * width; i++) {
      map[i / (height * width)][i / width % height][i % width] =
          maps.values()[image * channels * height * width + i];
    }
    return map;
  }

  /** One stage's attention from the maxima of squares of a map's pixels to a source's grids. */
  double[][][] of(String stage, int scale, double[][][] map, double[][][] source) {
    double[][][] query = maxima(projected(stage + "query_project", map), scale);
    List<double[]> keys = means(projected(stage + "key_project", source));
    List<double[]> values = means(conv(stage + "value_project", source));
    int rows = query[0].length;
    int columns = query[0][0].length;
    double[][][] gathered = new double[query.length][rows][columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        double sum = 0;
        for (int i = 0; i < keys.size(); i++) {
          double product = 0;
          for (int c = 0; c < query.length; c++) {
            product += query[c][row][column] * keys.get(i)[c];
          }
          double weight = Math.exp(product / Math.sqrt(query.length));
          sum += weight;
          for (int c = 0; c < query.length; c++) {
            gathered[c][row][column] += weight * values.get(i)[c];
          }
        }
        for (double[][] channel : gathered) {
          channel[row][column] /= sum;
        }
      }
    }
    return resized(conv(stage + "out_project", gathered), map[0].length, map[0][0].length);
  }

  private double[][][] projected(String name, double[][][] x) {
    double[][][] made = conv(name + ".conv", x);
    for (double[][] channel : made) {
      for (double[] row : channel) {
        for (int i = 0; i < row.length; i++) {
          row[i] = Math.max(0, row[i] / Math.sqrt(1 + 1e-5));
        }
      }
    }
    return made;
  }

  private double[][][] conv(String name, double[][][] x) {
    HostArray weight = state.get(name + ".weight");
    HostArray bias = state.get(name + ".bias");
    double[][][] made = new double[(int) weight.shape()[0]][x[0].length][x[0][0].length];
    for (int o = 0; o < made.length; o++) {
      for (int row = 0; row < x[0].length; row++) {
        for (int column = 0; column < x[0][0].length; column++) {
          made[o][row][column] = bias == null ? 0 : bias.values()[o];
          for (int c = 0; c < x.length; c++) {
            made[o][row][column] += weight.values()[o * x.length + c] * x[c][row][column];
          }
        }
      }
    }
    return made;
  }

  /** The maxima of whole squares; what is left at the lower and right edge counts nowhere. */
  private static double[][][] maxima(double[][][] x, int side) {
    double[][][] made = new double[x.length][x[0].length / side][x[0][0].length / side];
    for (int c = 0; c < x.length; c++) {
      for (int row = 0; row < made[0].length; row++) {
        for (int column = 0; column < made[0][0].length; column++) {
          double most = Double.NEGATIVE_INFINITY;
          for (int i = 0; i < side * side; i++) {
            most = Math.max(most, x[c][row * side + i / side][column * side + i % side]);
          }
          made[c][row][column] = most;
        }
      }
    }
    return made;
  }

  /** The mean vector of each bin, from floor(i*n/b) to ceil((i+1)*n/b). */
  private List<double[]> means(double[][][] x) {
    int height = x[0].length;
    int width = x[0][0].length;
    List<double[]> means = new ArrayList<>();
    for (int b : bins) {
      for (int bin = 0; bin < b * b; bin++) {
        int top = bin / b * height / b;
        int bottom = ((bin / b + 1) * height + b - 1) / b;
        int left = bin % b * width / b;
        int right = ((bin % b + 1) * width + b - 1) / b;
        double[] mean = new double[x.length];
        for (int c = 0; c < x.length; c++) {
          for (int row = top; row < bottom; row++) {
            for (int column = left; column < right; column++) {
              mean[c] += x[c][row][column] / ((bottom - top) * (right - left));
            }
          }
        }
        means.add(mean);
      }
    }
    return means;
  }

  /** Bilinear interpolation with aligned corners. */
  private static double[][][] resized(double[][][] x, int height, int width) {
    double[][][] made = new double[x.length][height][width];
    for (int c = 0; c < x.length; c++) {
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          double y = row * (x[c].length - 1.0) / (height - 1);
          double at = column * (x[c][0].length - 1.0) / (width - 1);
          int top = (int) Math.min(y, x[c].length - 2);
          int left = (int) Math.min(at, x[c][0].length - 2);
          double upper = mixed(x[c][top][left], x[c][top][left + 1], at - left);
          double lower = mixed(x[c][top + 1][left], x[c][top + 1][left + 1], at - left);
          made[c][row][column] = mixed(upper, lower, y - top);
        }
      }
    }
    return made;
  }

  private static double mixed(double first, double second, double share) {
    return first * (1 - share) + second * share;
  }
}
