package dev.inlay.assemble;

import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Tensor;
import java.util.Map;
import java.util.Set;

/** Checks the features that a stage hands on, before the next stage computes with their claims. */
final class HandedOn {

  /**
   * An image side that all usual strides divide, so large that padding and rounding, a few pixels
   * of a map, do not change the stride that it shows.
   */
  private static final long LARGE = 2L * 3 * 5 * 7 * (1 << 20);

  private static final double ROUNDING = 0.01;

  private HandedOn() {}

  /**
   * Requires maps (B,C,h,w) of the claimed strides.
   *
   * @param image the image (B,3,H,W)
   * @throws InlayException that names the map, its size and the claim
   */
  static void check(Features made, Tensor image) {
    if (made.maps().isEmpty()) {
      throw new InlayException("the stage handed on no feature map; it must hand on at least one");
    }
    for (int i = 0; i < made.maps().size(); i++) {
      Tensor map = made.maps().get(i);
      if (map.rank() != 4 || map.type() != Tensor.Type.FLOAT) {
        throw new InlayException(
            "map %d is a %s tensor of shape %s; feature maps are FLOAT tensors (B,C,h,w)"
                .formatted(i, map.type(), map.shape()));
      }
      if (!map.batch().equals(image.batch())) {
        throw new InlayException(
            "map %d has the shape %s; its first axis must be the batch %s of the images"
                .formatted(i, map.shape(), image.batch()));
      }
      int claimed = made.strides().get(i);
      check(i, "height", map.height(), image.height(), claimed);
      check(i, "width", map.width(), image.width(), claimed);
    }
  }

  private static void check(int map, String side, Dim size, Dim ofImage, int claimed) {
    Set<String> symbols = size.symbols();
    if (symbols.isEmpty()) {
      return; // A pooled map of a fixed size has no stride.
    }
    if (!symbols.equals(ofImage.symbols())) {
      throw new InlayException(
          "map %d has the %s %s, which is not of the image's %s %s; hand on maps (B,C,h,w)"
              .formatted(map, side, size, side, ofImage));
    }
    String symbol = symbols.iterator().next();
    long pixels = size.value(Map.of(symbol, LARGE));
    double stride = (double) LARGE / Math.max(1, pixels);
    if (Math.abs(stride - claimed) > ROUNDING * claimed) {
      throw new InlayException(
          "map %d claims the stride %d, but its %s is %s, which is the stride %s; hand on the stride that the map has"
              .formatted(map, claimed, side, size, written(stride)));
    }
  }

  /** Maps larger than the image have a part of a pixel as their stride. */
  private static String written(double stride) {
    return stride < 1 - ROUNDING
        ? "1/" + Math.round(1 / stride)
        : String.valueOf(Math.round(stride));
  }
}
