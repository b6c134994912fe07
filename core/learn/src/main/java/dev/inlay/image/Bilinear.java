package dev.inlay.image;

/**
 * Bilinear resizing with half-pixel centres and without antialiasing, as OpenCV's {@code
 * INTER_LINEAR} and PyTorch's {@code interpolate(align_corners=False)} do it.
 */
public final class Bilinear {

  private Bilinear() {}

  /** The two source places of each place, and the weight of the second. */
  private record Places(int[] first, int[] second, float[] share) {

    static Places of(int from, int to) {
      int[] first = new int[to];
      int[] second = new int[to];
      float[] share = new float[to];
      for (int i = 0; i < to; i++) {
        double centre = Math.max(0, (i + 0.5) * from / to - 0.5);
        first[i] = Math.min(from - 1, (int) centre);
        second[i] = Math.min(from - 1, first[i] + 1);
        share[i] = (float) (centre - first[i]);
      }
      return new Places(first, second, share);
    }
  }

  /** An image of another size; values are rounded to the nearest. */
  public static RgbImage resized(RgbImage image, int width, int height) {
    if (width == image.width() && height == image.height()) {
      return image;
    }
    float[] planes = new float[image.rgb().length];
    int pixels = image.width() * image.height();
    for (int i = 0; i < planes.length; i++) {
      planes[i % 3 * pixels + i / 3] = image.rgb()[i] & 255;
    }
    float[] resized = resized(planes, 3, image.width(), image.height(), width, height);
    byte[] rgb = new byte[resized.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) Math.round(resized[i % 3 * width * height + i / 3]);
    }
    return new RgbImage(width, height, rgb);
  }

  /**
   * Maps of another size.
   *
   * @param maps (C,H,W)
   * @return (C,toHeight,toWidth); the maps themselves if the size is the same
   */
  public static float[] resized(
      float[] maps, int channels, int width, int height, int toWidth, int toHeight) {
    if (width == toWidth && height == toHeight) {
      return maps;
    }
    Places columns = Places.of(width, toWidth);
    Places rows = Places.of(height, toHeight);
    float[] resized = new float[channels * toWidth * toHeight];
    int at = 0;
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < toHeight; y++) {
        int upper = (c * height + rows.first[y]) * width;
        int lower = (c * height + rows.second[y]) * width;
        for (int x = 0; x < toWidth; x++) {
          int left = columns.first[x];
          int right = columns.second[x];
          float share = columns.share[x];
          float above = maps[upper + left] + share * (maps[upper + right] - maps[upper + left]);
          float below = maps[lower + left] + share * (maps[lower + right] - maps[lower + left]);
          resized[at++] = above + rows.share[y] * (below - above);
        }
      }
    }
    return resized;
  }
}
