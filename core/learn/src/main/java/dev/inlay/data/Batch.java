package dev.inlay.data;

import dev.inlay.augment.Patch;
import java.nio.ByteBuffer;

/** Images of one size and their labels in direct buffers, which the engine reads without a copy. */
public final class Batch {
  private final int size;
  private final int height;
  private final int width;
  private final ByteBuffer images;
  private final ByteBuffer labels;

  /** Allocates a batch whose values are all 0. */
  Batch(int size, int height, int width) {
    this.size = size;
    this.height = height;
    this.width = width;
    this.images = ByteBuffer.allocateDirect(Math.multiplyExact(3, size * height * width));
    this.labels = ByteBuffer.allocateDirect(size * height * width);
  }

  /**
   * A batch with copies of the images and labels.
   *
   * @param images (B,H,W,3), unsigned bytes red, green, blue
   * @param labels (B,H,W), unsigned bytes
   */
  public static Batch of(int size, int height, int width, byte[] images, byte[] labels) {
    Batch batch = new Batch(size, height, width);
    if (images.length != batch.images.capacity() || labels.length != batch.labels.capacity()) {
      throw new IllegalArgumentException(
          "A batch of %d images of %dx%d takes %d bytes of images and %d of labels, but got %d and %d."
              .formatted(
                  size,
                  height,
                  width,
                  batch.images.capacity(),
                  batch.labels.capacity(),
                  images.length,
                  labels.length));
    }
    batch.images.put(0, images);
    batch.labels.put(0, labels);
    return batch;
  }

  public int size() {
    return size;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** The images: (B,H,W,3), unsigned bytes red, green, blue, in a direct buffer. */
  public ByteBuffer images() {
    return images.duplicate();
  }

  /** The labels: (B,H,W), unsigned bytes, in a direct buffer. */
  public ByteBuffer labels() {
    return labels.duplicate();
  }

  /** A copy of one image and its labels. */
  Patch patch(int index, int fill, int ignore) {
    byte[] rgb = new byte[3 * height * width];
    byte[] ids = new byte[height * width];
    images.get(index * rgb.length, rgb);
    labels.get(index * ids.length, ids);
    return new Patch(width, height, rgb, ids, fill, ignore);
  }

  /** Replaces one image and its labels. */
  void put(int index, Patch patch) {
    images.put(3 * index * height * width, patch.rgb());
    labels.put(index * height * width, patch.labels());
  }

  /** Copies the first image of a smaller batch into a place of one image. */
  void put(int index, int left, int top, Batch part) {
    byte[] row = new byte[3 * part.width];
    byte[] ids = new byte[part.width];
    for (int y = 0; y < part.height; y++) {
      part.images.get(3 * y * part.width, row);
      part.labels.get(y * part.width, ids);
      int at = (index * height + top + y) * width + left;
      images.put(3 * at, row);
      labels.put(at, ids);
    }
  }

  void putImageRow(int index, int y, byte[] row) {
    images.put(3 * (index * height + y) * width, row);
  }

  void putLabelRow(int index, int y, byte[] row) {
    labels.put((index * height + y) * width, row);
  }
}
