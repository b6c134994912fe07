package dev.inlay;

/**
 * The label of every pixel of one image, from 0 to 255: the id of a class, or the id that is
 * ignored.
 */
public final class Labels {

  private final int width;
  private final int height;
  private final byte[] ids;
  private final int ignore;

  /**
   * Wraps labels without copying them.
   *
   * @param ids the labels (H,W), row by row, unsigned bytes
   * @param ignore the id of pixels that belong to no class
   */
  public Labels(int width, int height, byte[] ids, int ignore) {
    Check.that(
        width > 0 && height > 0 && ids.length == (long) width * height,
        "%d bytes are no labels of %dx%d pixels",
        ids.length,
        width,
        height);
    this.width = width;
    this.height = height;
    this.ids = ids;
    this.ignore = ignore;
  }

  /** Columns of pixels. */
  public int width() {
    return width;
  }

  /** Rows of pixels. */
  public int height() {
    return height;
  }

  /** The label at a column and a row. */
  public int id(int x, int y) {
    return ids[y * width + x] & 255;
  }

  /** The id of pixels that belong to no class. */
  public int ignore() {
    return ignore;
  }
}
