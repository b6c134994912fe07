package dev.inlay.cli.weights;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shapes and numbers of tensors, for people and for JSON. */
final class TensorText {

  private TensorText() {}

  /** {@code 64x3x7x7}, or {@code ()} for a single number. */
  static String shape(List<Long> shape) {
    return shape.isEmpty()
        ? "()"
        : shape.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  /** Four digits, without an exponent where that is short; whole numbers as they are. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    double size = Math.abs(value);
    if (value == Math.rint(value) && size < 1e9) {
      return Long.toString((long) value);
    }
    String format =
        size >= 1e6 || size < 1e-4
            ? "%.3e"
            : size >= 1000 ? "%.0f" : size >= 100 ? "%.1f" : size >= 10 ? "%.2f" : "%.4f";
    return String.format(Locale.ROOT, format, value);
  }

  /** For JSON, which has no number that is not finite. */
  static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
