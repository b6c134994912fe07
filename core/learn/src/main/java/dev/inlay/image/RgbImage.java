package dev.inlay.image;

import dev.inlay.image.format.RgbSamples;
import java.awt.image.BufferedImage;
import java.nio.file.Path;

/** An image in memory: (H,W,3) unsigned bytes of red, green and blue, row by row. */
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
          "%d bytes are not an RGB image of %dx%d; it has three bytes for each pixel."
              .formatted(rgb.length, width, height));
    }
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  /**
   * The pixels of a picture in Java's memory. Grey becomes three equal channels; transparency is
   * ignored.
   *
   * @throws dev.inlay.InlayException if the picture has more than 8 bits per channel
   */
  public static RgbImage of(BufferedImage picture) {
    return new RgbImage(picture.getWidth(), picture.getHeight(), RgbSamples.of(picture));
  }

  /**
   * Writes the image as PNG. Missing folders are created and an existing file is replaced.
   *
   * @throws dev.inlay.InlayException if the file cannot be written; an existing file then stays
   *     unchanged
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

  /** The bytes (H,W,3) themselves, not a copy; callers must not change them. */
  public byte[] rgb() {
    return rgb;
  }

  /** A part of the image, from a left upper corner on. */
  public RgbImage part(int left, int top, int partWidth, int partHeight) {
    byte[] part = new byte[3 * partWidth * partHeight];
    for (int y = 0; y < partHeight; y++) {
      System.arraycopy(rgb, 3 * ((top + y) * width + left), part, 3 * y * partWidth, 3 * partWidth);
    }
    return new RgbImage(partWidth, partHeight, part);
  }

  /** The image mirrored left to right. */
  public RgbImage mirrored() {
    byte[] turned = new byte[rgb.length];
    for (int i = 0; i < rgb.length / 3; i++) {
      int x = i % width;
      System.arraycopy(rgb, 3 * i, turned, 3 * (i - x + width - 1 - x), 3);
    }
    return new RgbImage(width, height, turned);
  }

  /** The colour 0xRRGGBB of the pixel in column x and row y. */
  public int color(int x, int y) {
    int at = 3 * (y * width + x);
    return (rgb[at] & 255) << 16 | (rgb[at + 1] & 255) << 8 | (rgb[at + 2] & 255);
  }
}
