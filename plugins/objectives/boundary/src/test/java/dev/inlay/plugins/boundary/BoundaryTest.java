package dev.inlay.plugins.boundary;

import dev.inlay.Objective;
import dev.inlay.fixtures.LabelledLogits;
import dev.inlay.fixtures.LossComparison;
import dev.inlay.fixtures.ObjectiveContract;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

final class BoundaryTest implements ObjectiveContract<Boundary.Options> {

  @Override
  public Objective<Boundary.Options> technique() {
    return new Boundary();
  }

  @Override
  public List<String> samples() {
    return List.of("", "width=5, reach=3", "reach=1");
  }

  @Override
  public List<String> refused() {
    return List.of("width=4", "width=1", "reach=2");
  }

  /** A class's map that gives its values, and whether pixels count. */
  private record Plane(int height, int width, double[] values, boolean[] counts) {

    double most(int pixel, int window, DoubleUnaryOperator of) {
      double most = Double.NEGATIVE_INFINITY;
      for (int y = pixel / width - window / 2; y <= pixel / width + window / 2; y++) {
        for (int x = pixel % width - window / 2; x <= pixel % width + window / 2; x++) {
          if (y >= 0 && y < height && x >= 0 && x < width) {
            int at = y * width + x;
            most = Math.max(most, counts[at] ? of.applyAsDouble(values[at]) : 0);
          }
        }
      }
      return most;
    }

    /** Where it ends, by a window. */
    Plane boundary(int window) {
      double[] ends = new double[values.length];
      for (int i = 0; i < ends.length; i++) {
        ends[i] = counts[i] ? most(i, window, value -> 1 - value) - (1 - values[i]) : 0;
      }
      return new Plane(height, width, ends, counts);
    }

    double sum() {
      return Arrays.stream(values).sum();
    }

    /** The sum of its values times the largest of another map in a window. */
    double near(Plane other, int window) {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += values[i] * other.most(i, window, value -> value);
      }
      return sum;
    }
  }

  private static double definition(LabelledLogits in, int width, int reach) {
    double sum = 0;
    int parts = 0;
    for (int b = 0; b < in.images(); b++) {
      boolean[] counts = new boolean[in.pixels()];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = in.counts(b, i);
      }
      for (int k = 0; k < in.classes(); k++) {
        double[] p = new double[counts.length];
        double[] g = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
          p[i] = in.probability(b, k, i);
          g[i] = in.label(b, i) == k ? 1 : 0;
        }
        Plane predicted = new Plane(in.height(), in.width(), p, counts).boundary(width);
        Plane labelled = new Plane(in.height(), in.width(), g, counts).boundary(width);
        if (labelled.sum() > 0) {
          double precision = predicted.near(labelled, reach) / predicted.sum();
          double recall = labelled.near(predicted, reach) / labelled.sum();
          sum += 1 - 2 * precision * recall / (precision + recall);
          parts++;
        }
      }
    }
    return sum / parts;
  }

  @Test
  void isOneMinusTheScoreOfTheBoundaries() {
    LossComparison.assertEqual(new Boundary(), "", in -> definition(in, 3, 5));
    LossComparison.assertEqual(new Boundary(), "width=5, reach=3", in -> definition(in, 5, 3));
    LossComparison.assertEqual(new Boundary(), "reach=1", in -> definition(in, 3, 1));
  }
}
