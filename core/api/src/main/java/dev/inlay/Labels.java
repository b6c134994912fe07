package dev.inlay;

/** The labels (H,W) of one image, 0 to 255: class ids and the ignore index. */
public final class Labels {

  private final int width;
  private final int height;
  private final byte[] ids;
  private final int ignore;

  /**
   * Wraps labels without copying them.
   *
   * @param ids the labels (H,W), row by row, unsigned bytes
   * @param ignore the ignore index
   * @throws InlayException if the number of bytes is not width times height
   */
  public Labels(int width, int height, byte[] ids, int ignore) {
    Check.that(
        width > 0 && height > 0 && ids.length == (long) width * height,
        "%d bytes are not the labels of %dx%d pixels; one byte for each pixel is needed.",
        ids.length,
        width,
        height);
    this.width = width;
    this.height = height;
    this.ids = ids;
    this.ignore = ignore;
  }

  /** The width, in pixels. */
  public int width() {
    return width;
  }

  /** The height, in pixels. */
  public int height() {
    return height;
  }

  /** The label at column {@code x} and row {@code y}. */
  public int id(int x, int y) {
    return ids[y * width + x] & 255;
  }

  /** The ignore index. */
  public int ignore() {
    return ignore;
  }
}
