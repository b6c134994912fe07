package dev.inlay.image;

import dev.inlay.InlayException;

/** Paints the classes' colours over an image, with a border of one pixel between regions. */
public final class Overlay {
  /** The default opacity, at which both the classes and the image are visible. */
  public static final double DEFAULT_OPACITY = 0.55;

  private Overlay() {}

  /**
   * Paints labels over their image. Pixels whose id is not a class, such as the ignore index, show
   * the image alone.
   *
   * @param opacity 0 shows the image alone, 1 the classes alone
   * @throws InlayException if the opacity is out of range
   * @throws IllegalArgumentException if image and labels differ in size
   */
  public static RgbImage paint(RgbImage image, LabelMap labels, Palette classes, double opacity) {
    // Written so that it refuses NaN as well.
    if (!(opacity >= 0 && opacity <= 1)) {
      throw new InlayException("The opacity is %s, but must be from 0 to 1.".formatted(opacity));
    }
    if (image.width() != labels.width() || image.height() != labels.height()) {
      throw new IllegalArgumentException(
          "An image of %dx%d cannot have a label map of %dx%d."
              .formatted(image.width(), image.height(), labels.width(), labels.height()));
    }
    byte[] rgb = image.rgb().clone();
    for (int y = 0, at = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++, at += 3) {
        int id = labels.id(x, y);
        if (id < classes.size()) {
          boolean strong = opacity > 0 && isBorder(labels, x, y);
          blend(rgb, at, classes.color(id), strong ? (1 + opacity) / 2 : opacity);
        }
      }
    }
    return new RgbImage(image.width(), image.height(), rgb);
  }

  /** Whether the next pixel to the right or below has another id. */
  private static boolean isBorder(LabelMap labels, int x, int y) {
    int id = labels.id(x, y);
    return (x + 1 < labels.width() && labels.id(x + 1, y) != id)
        || (y + 1 < labels.height() && labels.id(x, y + 1) != id);
  }

  /** Blends a colour 0xRRGGBB into the pixel at an index. */
  private static void blend(byte[] rgb, int at, int color, double share) {
    for (int channel = 0; channel < 3; channel++) {
      int from = rgb[at + channel] & 255;
      int to = color >> (16 - 8 * channel) & 255;
      rgb[at + channel] = (byte) Math.round(from + (to - from) * share);
    }
  }
}
