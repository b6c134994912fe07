package dev.inlay.augment;

import dev.inlay.image.JpegRoundTrip;
import java.util.SplittableRandom;

/**
 * Compression as JPEG and back.
 *
 * @param probability of a crop to be compressed
 * @param least the least quality, 1 to 100
 * @param most the greatest quality, 1 to 100
 */
public record Jpeg(double probability, double least, double most) implements Alteration {

  @Override
  public void after(Patch patch, SplittableRandom random) {
    if (random.nextDouble() < probability) {
      double quality = least + random.nextDouble() * (most - least);
      patch.replace(
          JpegRoundTrip.of(patch.width(), patch.height(), patch.rgb(), (float) (quality / 100)));
    }
  }
}
