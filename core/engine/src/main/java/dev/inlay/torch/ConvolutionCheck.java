package dev.inlay.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** Compares some of the engine's convolutions on the CPU with explicit sums of products. */
final class ConvolutionCheck {

  /** A convolution of images (2,channels,5,7) to (2,outputs,5,7). */
  private record Case(int channels, int outputs, int kernel) {}

  /** The cases, some with channels that are no multiple of 8 or 16 or odd multiples of these. */
  private static final List<Case> CASES =
      List.of(
          new Case(24, 8, 3),
          new Case(20, 9, 3),
          new Case(1, 5, 1),
          new Case(16, 80, 1),
          new Case(16, 176, 1));

  /** The tolerance relative to the largest value: well above rounding, well below wrong kernels. */
  private static final double TOLERANCE = 0.01;

  private static final double TOLERANCE_BF16 = 0.1;

  private ConvolutionCheck() {}

  /** The largest deviation of all cases, layouts and precisions, in multiples of the tolerance. */
  static double deviation() {
    try (NDManager manager = EngineStart.manager(Device.cpu());
        Script script = Script.unchecked(manager, source())) {
      NDList images = new NDList();
      NDList weights = new NDList();
      for (Case each : CASES) {
        images.add(waves(manager, 0.7f, 2, each.channels, 5, 7));
        weights.add(waves(manager, 1.3f, each.outputs, each.channels, each.kernel, each.kernel));
      }
      NDArray worst =
          script.infer(Script.list("x", images), Script.list("w", weights)).singletonOrThrow();
      return worst.toFloatArray()[0];
    }
  }

  /**
   * Values with a long period, without the engine's random generator, whose state training needs.
   */
  private static NDArray waves(NDManager manager, float step, long... shape) {
    Shape all = new Shape(shape);
    float[] values = new float[(int) all.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(step * i);
    }
    return manager.create(values, all);
  }

  /** The program of all cases, in both layouts and both precisions. */
  private static String source() {
    StringBuilder source =
        new StringBuilder("  def forward(self, x: List[Tensor], w: List[Tensor]) -> Tensor:\n");
    source.append("    worst = torch.zeros([1])\n");
    for (int i = 0; i < CASES.size(); i++) {
      source.append(exact(CASES.get(i), i));
      for (boolean last : new boolean[] {false, true}) {
        for (boolean half : new boolean[] {false, true}) {
          source.append(compared(CASES.get(i), last, half));
        }
      }
    }
    return source.append("    return worst\n").toString();
  }

  /** The sum of the products of shifted images and weights. */
  private static String exact(Case each, int place) {
    int pad = each.kernel / 2;
    StringBuilder lines =
        new StringBuilder(
            """
                image = x[%1$s]
                weight = w[%1$s]
                padded = torch.constant_pad_nd(image, [%2$s, %2$s, %2$s, %2$s], 0)
                exact = torch.zeros([1])
            """
                .formatted(place, pad));
    for (int row = 0; row < each.kernel; row++) {
      for (int column = 0; column < each.kernel; column++) {
        lines.append(
            """
                part = torch.slice(torch.slice(padded, 2, %1$s, %2$s), 3, %3$s, %4$s)
                by = torch.slice(torch.slice(weight, 2, %1$s, %5$s), 3, %3$s, %6$s)
                products = torch.mul(torch.unsqueeze(part, 1), torch.unsqueeze(by, 0))
                exact = torch.add(exact, torch.sum(products, [2]))
            """
                .formatted(row, row + 5, column, column + 7, row + 1, column + 1));
      }
    }
    return lines.append("    largest = torch.max(torch.abs(exact))\n").toString();
  }

  /** The comparison in memory that holds NaN, because old contents must have no effect. */
  private static String compared(Case each, boolean last, boolean half) {
    int pad = each.kernel / 2;
    return """
            used = torch.full([%1$s], float('nan'))
            used = torch.zeros([1])
            a = torch.contiguous(torch.to(image, %2$s), memory_format=%3$s)
            b = torch.contiguous(torch.to(weight, %2$s), memory_format=%3$s)
            got = torch.to(torch.conv2d(a, b, None, [1, 1], [%4$s, %4$s], [1, 1], 1), 6)
            deviation = torch.nan_to_num(torch.abs(torch.sub(got, exact)), 1.0e9, 1.0e9, 1.0e9)
            relative = torch.div(torch.div(torch.max(deviation), largest), %5$s)
            worst = torch.maximum(worst, relative)
        """
        .formatted(
            2 * each.outputs * 5 * 7,
            half ? 15 : 6,
            last ? 2 : 0,
            pad,
            half ? TOLERANCE_BF16 : TOLERANCE);
  }
}
