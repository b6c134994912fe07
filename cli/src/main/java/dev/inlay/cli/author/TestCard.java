package dev.inlay.cli.author;

import dev.inlay.image.RgbImage;
import java.util.SplittableRandom;

/** An image for networks that nobody gave one: discs in front of a sloping colour. */
final class TestCard {

  private static final int DISCS = 14;
  private static final int TONES = 256;

  private TestCard() {}

  /** An image that the seed determines. */
  static RgbImage of(int width, int height, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] rgb = new byte[3 * width * height];
    int[] from = color(random);
    int[] to = color(random);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double at = (x + 0.5) / width * 0.4 + (y + 0.5) / height * 0.6;
        for (int c = 0; c < 3; c++) {
          rgb[3 * (y * width + x) + c] = (byte) Math.round(from[c] + at * (to[c] - from[c]));
        }
      }
    }
    int side = Math.min(width, height);
    for (int i = 0; i < DISCS; i++) {
      double radius = side * (0.04 + 0.16 * random.nextDouble());
      disc(
          rgb,
          width,
          height,
          random.nextDouble() * width,
          random.nextDouble() * height,
          radius,
          color(random));
    }
    return new RgbImage(width, height, rgb);
  }

  private static int[] color(SplittableRandom random) {
    return new int[] {random.nextInt(TONES), random.nextInt(TONES), random.nextInt(TONES)};
  }

  private static void disc(
      byte[] rgb, int width, int height, double x, double y, double radius, int[] color) {
    for (int row = (int) Math.max(0, y - radius); row < Math.min(height, y + radius); row++) {
      for (int column = (int) Math.max(0, x - radius);
          column < Math.min(width, x + radius);
          column++) {
        if (Math.hypot(column + 0.5 - x, row + 0.5 - y) < radius) {
          for (int c = 0; c < 3; c++) {
            rgb[3 * (row * width + column) + c] = (byte) color[c];
          }
        }
      }
    }
  }
}
