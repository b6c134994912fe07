package dev.inlay.contract;

import dev.inlay.torch.DoubleFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * Compares gradients with central differences in double precision: (f(x + h d) - f(x - h d)) / 2h
 * against the gradient times d. A direction d is half along the gradient and half random, so that
 * neither the length nor the direction of a gradient can be wrong unseen.
 *
 * <p>A step crosses the kinks of few of the many ReLUs and maxima, if of any. What they add to the
 * X
 */
final class Slopes {

  private static final double[] STEPS = {1e-6, 1e-7, 1e-8};
  private static final double TOLERANCE = 1e-4;
  private static final double ROUNDING = 1e-13;
  private static final int GROUPS = 3;

  private final DoubleFunction function;
  private final Map<String, double[]> gradients;
  private final Random random = new Random(3);

  private Slopes(DoubleFunction function) {
    this.function = function;
    this.gradients = function.gradients();
  }

  /** A wrong gradient in words; empty if none is found. */
  static String wrong(DoubleFunction function) {
    return new Slopes(function).wrong();
  }

  private String wrong() {
    List<String> all = function.variables();
    int size = Math.max(1, (all.size() + GROUPS - 1) / GROUPS);
    for (int from = 0; from < all.size(); from += size) {
      List<String> group = all.subList(from, Math.min(all.size(), from + size));
      String together = wrong(group);
      if (!together.isEmpty()) {
        return group.stream()
            .map(one -> wrong(List.of(one)))
            .filter(each -> !each.isEmpty())
            .findFirst()
            .orElse(together);
      }
    }
    return "";
  }

  private String wrong(List<String> names) {
    Map<String, double[]> directions = new HashMap<>();
    double expected = 0;
    for (String name : names) {
      double[] gradient = Objects.requireNonNull(gradients.get(name), name);
      if (Arrays.stream(gradient).anyMatch(value -> !Double.isFinite(value))) {
        return "The gradient of %s is NaN or infinite.".formatted(name);
      }
      double[] direction = direction(gradient, norm(function.at(name)));
      directions.put(name, direction);
      for (int i = 0; i < gradient.length; i++) {
        expected += gradient[i] * direction[i];
      }
    }
    List<String> measured = new ArrayList<>();
    for (double step : STEPS) {
      double above = function.value(moved(directions, step));
      double below = function.value(moved(directions, -step));
      double slope = (above - below) / (2 * step);
      double rounding = ROUNDING * Math.max(1, Math.abs(above)) / step;
      if (Math.abs(slope - expected)
          <= TOLERANCE * Math.max(Math.abs(slope), Math.abs(expected)) + rounding) {
        return "";
      }
      measured.add("%.6g".formatted(slope));
    }
    return "Along a direction in %s, the gradient says the slope %.6g; steps of %s measure %s."
        .formatted(FailureWords.some(names), expected, Arrays.toString(STEPS), measured);
  }

  /** Half along the gradient, half random; as long as the value, and 1 at least. */
  private double[] direction(double[] gradient, double length) {
    double[] direction = new double[gradient.length];
    for (int i = 0; i < direction.length; i++) {
      direction[i] = random.nextGaussian();
    }
    double noise = norm(direction);
    double slope = norm(gradient);
    for (int i = 0; i < direction.length; i++) {
      direction[i] /= noise;
      direction[i] += slope > 0 ? gradient[i] / slope : 0;
      direction[i] *= Math.max(1, length);
    }
    return direction;
  }

  private Map<String, double[]> moved(Map<String, double[]> directions, double step) {
    Map<String, double[]> moved = new HashMap<>();
    directions.forEach(
        (name, direction) -> {
          double[] value = function.at(name);
          for (int i = 0; i < value.length; i++) {
            value[i] += step * direction[i];
          }
          moved.put(name, value);
        });
    return moved;
  }

  private static double norm(double[] values) {
    double squares = 0;
    for (double value : values) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }
}
