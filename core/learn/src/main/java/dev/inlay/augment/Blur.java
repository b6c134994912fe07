package dev.inlay.augment;

import java.util.SplittableRandom;

/**
 * Gaussian blur; pixels beyond the border are those at it.
 *
 * @param probability of a crop to be blurred
 * @param least the least standard deviation, in pixels
 * @param most the greatest standard deviation, in pixels
 */
public record Blur(double probability, double least, double most) implements Alteration {

  @Override
  public void after(Patch patch, SplittableRandom random) {
    if (random.nextDouble() >= probability) {
      return;
    }
    float[] weights = weights(least + random.nextDouble() * (most - least));
    int width = patch.width();
    int height = patch.height();
    float[] across = new float[patch.rgb().length];
    int radius = weights.length / 2;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          float sum = 0;
          for (int k = -radius; k <= radius; k++) {
            int from = Math.max(0, Math.min(width - 1, x + k));
            sum += weights[k + radius] * (patch.rgb()[3 * (y * width + from) + c] & 255);
          }
          across[3 * (y * width + x) + c] = sum;
        }
      }
    }
    byte[] blurred = new byte[patch.rgb().length];
    for (int y = 0; y < height; y++) {
      for (int i = 0; i < 3 * width; i++) {
        float sum = 0;
        for (int k = -radius; k <= radius; k++) {
          sum +=
              weights[k + radius]
                  * across[3 * width * Math.max(0, Math.min(height - 1, y + k)) + i];
        }
        blurred[3 * width * y + i] = Patch.clipped(sum + 0.5f);
      }
    }
    patch.replace(blurred);
  }

  private static float[] weights(double deviation) {
    int radius = Math.max(1, (int) Math.ceil(3 * deviation));
    float[] weights = new float[2 * radius + 1];
    double sum = 0;
    for (int k = -radius; k <= radius; k++) {
      sum += Math.exp(-k * k / (2 * deviation * deviation));
    }
    for (int k = -radius; k <= radius; k++) {
      weights[k + radius] = (float) (Math.exp(-k * k / (2 * deviation * deviation)) / sum);
    }
    return weights;
  }
}
