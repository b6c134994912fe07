package dev.inlay.augment;

import java.util.SplittableRandom;

/**
 * Rotation about the middle of a crop: bilinear for the image, nearest neighbour for labels. What
 * comes from outside does not count.
 *
 * @param probability of a crop to be rotated
 * @param degrees the greatest angle either way
 */
public record Rotation(double probability, double degrees) implements Alteration {

  @Override
  public void after(Patch patch, SplittableRandom random) {
    if (random.nextDouble() >= probability) {
      return;
    }
    double angle = Math.toRadians((2 * random.nextDouble() - 1) * degrees);
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    int width = patch.width();
    int height = patch.height();
    byte[] rgb = patch.rgb().clone();
    byte[] labels = patch.labels().clone();
    double middleX = (width - 1) / 2.0;
    double middleY = (height - 1) / 2.0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double fromX = middleX + cos * (x - middleX) + sin * (y - middleY);
        double fromY = middleY - sin * (x - middleX) + cos * (y - middleY);
        int nearX = (int) Math.floor(fromX + 0.5);
        int nearY = (int) Math.floor(fromY + 0.5);
        if (nearX < 0 || nearY < 0 || nearX >= width || nearY >= height) {
          patch.erase(x, y);
          continue;
        }
        int to = y * width + x;
        patch.labels()[to] = labels[nearY * width + nearX];
        for (int c = 0; c < 3; c++) {
          patch.rgb()[3 * to + c] =
              Patch.clipped((float) (bilinear(rgb, width, height, fromX, fromY, c) + 0.5));
        }
      }
    }
  }

  private static double bilinear(
      byte[] rgb, int width, int height, double fromX, double fromY, int channel) {
    double x = Math.max(0, Math.min(width - 1, fromX));
    double y = Math.max(0, Math.min(height - 1, fromY));
    int left = (int) x;
    int top = (int) y;
    int right = Math.min(width - 1, left + 1);
    int bottom = Math.min(height - 1, top + 1);
    double above =
        value(rgb, width, left, top, channel) * (1 - x + left)
            + value(rgb, width, right, top, channel) * (x - left);
    double below =
        value(rgb, width, left, bottom, channel) * (1 - x + left)
            + value(rgb, width, right, bottom, channel) * (x - left);
    return above * (1 - y + top) + below * (y - top);
  }

  private static int value(byte[] rgb, int width, int x, int y, int channel) {
    return rgb[3 * (y * width + x) + channel] & 255;
  }
}
