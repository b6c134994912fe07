package dev.inlay.augment;

import java.util.SplittableRandom;

/**
 * A turn of the whole image by 0, 90, 180 or 270 degrees, each with the same probability. No pixel
 * changes: for images from above, which have no up and down.
 */
public record QuarterTurns() implements Alteration {

  @Override
  public Patch before(Patch whole, SplittableRandom random) {
    int turns = random.nextInt(4);
    Patch turned = whole;
    for (int i = 0; i < turns; i++) {
      turned = turned(turned);
    }
    return turned;
  }

  /** Turned by 90 degrees to the right. */
  private static Patch turned(Patch patch) {
    int width = patch.height();
    int height = patch.width();
    byte[] rgb = new byte[3 * width * height];
    byte[] labels = new byte[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int to = y * width + x;
        int from = (width - 1 - x) * height + y;
        labels[to] = patch.labels()[from];
        rgb[3 * to] = patch.rgb()[3 * from];
        rgb[3 * to + 1] = patch.rgb()[3 * from + 1];
        rgb[3 * to + 2] = patch.rgb()[3 * from + 2];
      }
    }
    return new Patch(width, height, rgb, labels, patch.fill(), patch.ignore());
  }
}
