package dev.inlay.augment;

import java.util.SplittableRandom;

/**
 * Photometric distortion as in mmsegmentation ({@code PhotoMetricDistortion}), each with
 * probability 1/2: brightness, contrast (before or after the colours, by a coin), saturation, hue.
 * After every one, values are clipped and rounded down to bytes.
 *
 * @param brightness the greatest change, in levels of 255
 * @param contrast the greatest change of the factor 1
 * @param saturation the greatest change of the factor 1
 * @param hue the greatest change, in whole steps of 180
 */
public record Photometric(int brightness, double contrast, double saturation, int hue)
    implements Alteration {

  /** The reference's defaults. */
  public static final Photometric STANDARD = new Photometric(32, 0.5, 0.5, 18);

  @Override
  public void after(Patch patch, SplittableRandom random) {
    if (random.nextBoolean()) {
      byte[] rgb = patch.rgb();
      float offset = (float) uniform(random, -brightness, brightness);
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = Patch.clipped((rgb[i] & 255) + offset);
      }
    }
    boolean first = random.nextBoolean();
    if (first) {
      contrast(patch, random);
    }
    if (random.nextBoolean()) {
      float factor = (float) uniform(random, 1 - saturation, 1 + saturation);
      Hsv.change(patch.rgb(), 0, factor);
    }
    if (random.nextBoolean()) {
      Hsv.change(patch.rgb(), hue == 0 ? 0 : random.nextInt(-hue, hue), 1);
    }
    if (!first) {
      contrast(patch, random);
    }
  }

  private void contrast(Patch patch, SplittableRandom random) {
    if (random.nextBoolean()) {
      byte[] rgb = patch.rgb();
      float factor = (float) uniform(random, 1 - contrast, 1 + contrast);
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = Patch.clipped((rgb[i] & 255) * factor);
      }
    }
  }

  private static double uniform(SplittableRandom random, double least, double most) {
    return least + random.nextDouble() * (most - least);
  }
}
