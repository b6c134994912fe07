package dev.inlay.cli.common;

import dev.inlay.Dim;
import dev.inlay.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Shapes for people: {@code (B,512,H/8,W/8)}. */
public final class Shapes {

  /** Two sizes of images whose sides any usual stride divides, and no two sides alike. */
  private static final List<Map<String, Long>> SIZES =
      List.of(Map.of("B", 3L, "H", 640L, "W", 1152L), Map.of("B", 5L, "H", 1856L, "W", 832L));

  private static final int COARSEST = 64;

  private Shapes() {}

  public static List<String> of(List<Tensor> tensors) {
    return tensors.stream().map(Shapes::of).toList();
  }

  public static String of(Tensor tensor) {
    return tensor.shape().stream().map(Shapes::of).collect(Collectors.joining(",", "(", ")"));
  }

  /**
   * A size; one that is a side of the image divided by a stride, and rounded up or down where that
   * does not divide it, is written as the quotient.
   */
  private static String of(Dim dim) {
    if (dim.isConstant()) {
      return dim.toString();
    }
    for (String side : List.of("B", "H", "W")) {
      for (int stride = 1; stride <= COARSEST; stride *= 2) {
        int by = stride;
        if (SIZES.stream().allMatch(size -> dim.value(size) * by == side(size, side))) {
          return stride == 1 ? side : side + "/" + stride;
        }
      }
    }
    return dim.toString().replace(" ", "");
  }

  private static long side(Map<String, Long> size, String side) {
    return size.getOrDefault(side, 0L);
  }
}
