package dev.inlay.augment;

/**
 * Hue, saturation and value in bytes as OpenCV has them: hue in 180 steps, saturation in 255, by
 * fixed-point numbers of 12 bits on the way there and floats on the way back.
 */
final class Hsv {
  private static final int SHIFT = 12;
  private static final int HALF = 1 << (SHIFT - 1);
  private static final int HUES = 180;
  private static final int[] SATURATION = new int[256];
  private static final int[] HUE = new int[256];

  static {
    for (int i = 1; i < 256; i++) {
      SATURATION[i] = (int) Math.rint((255 << SHIFT) / (double) i);
      HUE[i] = (int) Math.rint((HUES << SHIFT) / (6.0 * i));
    }
  }

  private Hsv() {}

  /**
   * Turns the hue and scales the saturation of all pixels.
   *
   * @param rgb (N,3), unsigned bytes
   * @param turn added to the hue, in steps of 180
   * @param factor of the saturation, clipped and rounded down
   */
  static void change(byte[] rgb, int turn, float factor) {
    for (int at = 0; at < rgb.length; at += 3) {
      int hsv = of(rgb[at] & 255, rgb[at + 1] & 255, rgb[at + 2] & 255);
      int hue = Math.floorMod((hsv >> 16) + turn, HUES);
      int saturation = Patch.clipped((hsv >> 8 & 255) * factor) & 255;
      int color = rgb(hue, saturation, hsv & 255);
      rgb[at] = (byte) (color >> 16);
      rgb[at + 1] = (byte) (color >> 8);
      rgb[at + 2] = (byte) color;
    }
  }

  /** Hue, saturation and value in three bytes. */
  static int of(int red, int green, int blue) {
    int value = Math.max(red, Math.max(green, blue));
    int range = value - Math.min(red, Math.min(green, blue));
    int saturation = (range * SATURATION[value] + HALF) >> SHIFT;
    int sector;
    if (value == red) {
      sector = green - blue;
    } else if (value == green) {
      sector = blue - red + 2 * range;
    } else {
      sector = red - green + 4 * range;
    }
    int hue = (sector * HUE[range] + HALF) >> SHIFT;
    return (hue < 0 ? hue + HUES : hue) << 16 | saturation << 8 | value;
  }

  /** The colour 0xRRGGBB of a hue below 180, a saturation and a value. */
  static int rgb(int hue, int saturation, int value) {
    float s = saturation * (1 / 255f);
    float v = value * (1 / 255f);
    float place = hue * (6 / 180f);
    int sector = (int) place;
    float part = place - sector;
    float low = v * (1 - s);
    float falling = v * (1 - s * part);
    float rising = v * (1 - s * (1 - part));
    return switch (sector) {
      case 0 -> color(v, rising, low);
      case 1 -> color(falling, v, low);
      case 2 -> color(low, v, rising);
      case 3 -> color(low, falling, v);
      case 4 -> color(rising, low, v);
      default -> color(v, low, falling);
    };
  }

  private static int color(float red, float green, float blue) {
    return level(red) << 16 | level(green) << 8 | level(blue);
  }

  private static int level(float share) {
    return (int) Math.max(0, Math.min(255, Math.rint(share * 255f)));
  }
}
