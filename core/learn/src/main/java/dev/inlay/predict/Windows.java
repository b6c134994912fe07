package dev.inlay.predict;

import dev.inlay.Check;
import java.util.ArrayList;
import java.util.List;

/**
 * The windows of sliding-window prediction as mmsegmentation's {@code slide_inference} lays them:
 * one at every stride from the upper left corner on; the last of a row or column ends at the
 * border, and a window larger than the image is the image.
 *
 * @param height the height of a window in pixels
 * @param width the width of a window in pixels
 * @param strideDown the rows between two windows
 * @param strideRight the columns between two windows
 */
public record Windows(int height, int width, int strideDown, int strideRight) {

  /** A part of an image, from a left upper corner on. */
  public record Part(int left, int top, int width, int height) {}

  public Windows {
    Check.that(
        height > 0 && width > 0,
        "The window is %dx%d; height and width must be 1 or more.",
        height,
        width);
    Check.that(
        strideDown > 0 && strideRight > 0,
        "The windows' stride is %dx%d; both numbers must be 1 or more.",
        strideDown,
        strideRight);
    Check.that(
        strideDown <= height && strideRight <= width,
        "The windows' stride is %dx%d, but a window %dx%d, so that pixels between windows are never predicted. Take a stride of at most the window.",
        strideDown,
        strideRight,
        height,
        width);
  }

  /** The windows of an image, row by row. */
  public List<Part> over(int imageWidth, int imageHeight) {
    List<Part> parts = new ArrayList<>();
    int wide = Math.min(width, imageWidth);
    int high = Math.min(height, imageHeight);
    for (int row = 0; row < count(imageHeight, height, strideDown); row++) {
      int top = Math.max(0, Math.min(row * strideDown, imageHeight - height));
      for (int column = 0; column < count(imageWidth, width, strideRight); column++) {
        int left = Math.max(0, Math.min(column * strideRight, imageWidth - width));
        parts.add(new Part(left, top, wide, high));
      }
    }
    return parts;
  }

  private static int count(int length, int window, int stride) {
    return (Math.max(0, length - window) + stride - 1) / stride + 1;
  }
}
