package dev.inlay.image;

import java.nio.file.Path;
import java.util.Arrays;

/** The class of every pixel: height x width ids, one unsigned byte each, row by row. */
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
          "%d bytes are not a label map of %dx%d".formatted(ids.length, width, height));
    }
    this.width = width;
    this.height = height;
    this.ids = ids;
  }

  /**
   * Reads a label map from a PNG with one channel of at most 8 bits: grey, whose values are the
   * ids, or with a palette, whose indices are the ids.
   *
   * @throws dev.inlay.InlayException that names the file and what is wrong: it is missing, a
   *     folder, empty, no PNG, damaged, in colour, or deeper than 8 bits
   */
  public static LabelMap read(Path file) {
    return LabelFile.read(file);
  }

  /**
   * Writes the ids as a PNG whose palette shows the colours of the classes, the ignored id and what
   * no class has in black. {@link #read} gives the same ids.
   *
   * @throws dev.inlay.InlayException if the place cannot be written to
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

  /** The ids themselves, (H,W), not a copy: do not change them. */
  public byte[] ids() {
    return ids;
  }

  /** The id at a column and a row, 0 to 255. */
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
