package dev.inlay.image.format;

/**
 * How the stored pixels must be turned to stand upright: tag 274 of TIFF 6.0 and Exif 2.32, section
 * 4.6.4. Its values are 1 to 8; 5 to 8 exchange width and height.
 *
 * @param tag 1 for pixels that stand upright
 */
public record Orientation(int tag) {
  /** Pixels as they are stored. */
  public static final Orientation UPRIGHT = new Orientation(1);

  /** Pixels that are near each other in both images are copied together. */
  private static final int TILE = 32;

  /** The orientation of a tag's value; a value that the standards do not have means upright. */
  static Orientation of(long tag) {
    return tag >= 1 && tag <= 8 ? new Orientation((int) tag) : UPRIGHT;
  }

  /** Whether width and height are exchanged. */
  public boolean swapsSides() {
    return tag >= 5;
  }

  /** Whether pixels stay where they are. */
  public boolean isUpright() {
    return tag == 1;
  }

  /** The turned image's width. */
  public int width(int width, int height) {
    return swapsSides() ? height : width;
  }

  /** The turned image's height. */
  public int height(int width, int height) {
    return swapsSides() ? width : height;
  }

  /**
   * The turned pixels; the array itself if they stand upright.
   *
   * @param pixels (height,width,channels), row by row
   */
  public byte[] turn(byte[] pixels, int width, int height, int channels) {
    if (isUpright()) {
      return pixels;
    }
    byte[] turned = new byte[pixels.length];
    for (int top = 0; top < height; top += TILE) {
      for (int left = 0; left < width; left += TILE) {
        int bottom = Math.min(top + TILE, height);
        int right = Math.min(left + TILE, width);
        for (int y = top; y < bottom; y++) {
          for (int x = left; x < right; x++) {
            int from = channels * (y * width + x);
            int to = channels * place(x, y, width, height);
            for (int i = 0; i < channels; i++) {
              turned[to + i] = pixels[from + i];
            }
          }
        }
      }
    }
    return turned;
  }

  /** The index, in the turned image, of the pixel that is stored in column x and row y. */
  private int place(int x, int y, int width, int height) {
    int mirroredX = width - 1 - x;
    int mirroredY = height - 1 - y;
    return switch (tag) {
      case 2 -> y * width + mirroredX;
      case 3 -> mirroredY * width + mirroredX;
      case 4 -> mirroredY * width + x;
      case 5 -> x * height + y;
      case 6 -> x * height + mirroredY;
      case 7 -> mirroredX * height + mirroredY;
      case 8 -> mirroredX * height + y;
      default -> y * width + x;
    };
  }
}
