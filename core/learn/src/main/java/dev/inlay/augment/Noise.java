package dev.inlay.augment;

import java.util.SplittableRandom;

/**
 * Gaussian noise, drawn for each channel of each pixel.
 *
 * @param probability of a crop to get noise
 * @param least the least standard deviation, in levels of 255
 * @param most the greatest standard deviation, in levels of 255
 */
public record Noise(double probability, double least, double most) implements Alteration {

  @Override
  public void after(Patch patch, SplittableRandom random) {
    if (random.nextDouble() >= probability) {
      return;
    }
    double deviation = least + random.nextDouble() * (most - least);
    byte[] rgb = patch.rgb();
    for (int i = 0; i < rgb.length; i += 2) {
      // Box and Muller's way: two uniform numbers are two normal ones.
      double radius = deviation * Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
      double angle = 2 * Math.PI * random.nextDouble();
      add(rgb, i, radius * Math.cos(angle));
      if (i + 1 < rgb.length) {
        add(rgb, i + 1, radius * Math.sin(angle));
      }
    }
  }

  private static void add(byte[] rgb, int at, double noise) {
    rgb[at] = Patch.clipped((float) Math.floor((rgb[at] & 255) + noise + 0.5));
  }
}
