package dev.inlay.image;

import java.nio.file.Path;

/** An image in memory: height x width pixels of red, green, blue, one byte each, row by row. */
public final class RgbImage {
  private final int width;
  private final int height;
  private final byte[] rgb;

  /**
   * Wraps pixels without copying them.
   *
   * @param rgb (H,W,3), unsigned bytes
   */
  public RgbImage(int width, int height, byte[] rgb) {
    if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
      throw new IllegalArgumentException(
          "%d bytes are not an RGB image of %dx%d".formatted(rgb.length, width, height));
    }
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  /**
   * Writes the image as a PNG, replacing a file that is there, and makes the folders that it lies
   * in.
   *
   * @throws dev.inlay.InlayException if the place cannot be written to; an older file is then as it
   *     was
   */
  public void write(Path file) {
    ImageFile.writePng(file, Pictures.over(this));
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** The pixels themselves, (H,W,3), not a copy: do not change them. */
  public byte[] rgb() {
    return rgb;
  }

  /** The pixel of a column and a row as 0xRRGGBB. */
  public int color(int x, int y) {
    int at = 3 * (y * width + x);
    return (rgb[at] & 255) << 16 | (rgb[at + 1] & 255) << 8 | (rgb[at + 2] & 255);
  }
}
