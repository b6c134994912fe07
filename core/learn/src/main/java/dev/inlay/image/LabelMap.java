package dev.inlay.image;

import java.nio.file.Path;
import java.util.Arrays;

/** The label ids of an image's pixels: (H,W) unsigned bytes, row by row. */
public final class LabelMap {
  private final int width;
  private final int height;
  private final byte[] ids;

  /**
   * Wraps ids without copying them.
   *
   * @param ids (H,W), unsigned bytes
   */
  public LabelMap(int width, int height, byte[] ids) {
    if (width < 1 || height < 1 || ids.length != (long) width * height) {
      throw new IllegalArgumentException(
          "%d bytes are not a label map of %dx%d; it has one byte for each pixel."
              .formatted(ids.length, width, height));
    }
    this.width = width;
    this.height = height;
    this.ids = ids;
  }

  /**
   * Reads a label map from a PNG with one channel of at most 8 bits. The ids are the values of a
   * grey PNG or the palette indices.
   *
   * @throws dev.inlay.InlayException that names the file if it is missing, a folder, empty, not a
   *     PNG, damaged, in colour, or deeper than 8 bits
   */
  public static LabelMap read(Path file) {
    return LabelFile.read(file);
  }

  /**
   * Writes the ids as a PNG with the classes' colours as its palette; all other ids are black.
   * {@link #read} returns the same ids.
   *
   * @throws dev.inlay.InlayException if the file cannot be written
   */
  public void write(Path file, Palette classes) {
    LabelFile.write(this, file, classes);
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** The ids (H,W) themselves, not a copy; callers must not change them. */
  public byte[] ids() {
    return ids;
  }

  /** The id, 0 to 255, of the pixel in column x and row y. */
  public int id(int x, int y) {
    return ids[y * width + x] & 255;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelMap map
        && map.width == width
        && map.height == height
        && Arrays.equals(map.ids, ids);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return "LabelMap " + width + "x" + height;
  }
}
