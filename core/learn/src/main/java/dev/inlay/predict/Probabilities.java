package dev.inlay.predict;

import java.util.Objects;

/**
 * The probability of each class at each pixel of one image: the softmax of the logits at the
 * image's size.
 */
public final class Probabilities {

  private final int classes;
  private final int width;
  private final int height;
  private final float[] values;

  Probabilities(int classes, int width, int height, float[] values) {
    this.classes = classes;
    this.width = width;
    this.height = height;
    this.values = values;
  }

  /** The number of classes K. */
  public int classes() {
    return classes;
  }

  /** Columns of pixels. */
  public int width() {
    return width;
  }

  /** Rows of pixels. */
  public int height() {
    return height;
  }

  /** The probabilities (K,H,W) themselves, not a copy; callers must not change them. */
  public float[] values() {
    return values;
  }

  /**
   * The probability of a class at a column and a row.
   *
   * @throws IndexOutOfBoundsException outside of the image or of the classes
   */
  public float of(int id, int x, int y) {
    Objects.checkIndex(id, classes);
    Objects.checkIndex(x, width);
    Objects.checkIndex(y, height);
    return values[(id * height + y) * width + x];
  }
}
