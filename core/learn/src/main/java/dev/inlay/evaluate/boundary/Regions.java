package dev.inlay.evaluate.boundary;

import dev.inlay.image.LabelMap;

/**
 * One class in a label map.
 *
 * @param of (H,W), whether a pixel has the class
 * @param ignored (H,W), whether a pixel counts as neither inside nor outside
 */
record Regions(boolean[] of, boolean[] ignored, int width, int height) {

  static Regions of(LabelMap map, int id, boolean[] ignored) {
    boolean[] of = new boolean[ignored.length];
    byte[] ids = map.ids();
    for (int i = 0; i < of.length; i++) {
      of[i] = !ignored[i] && (ids[i] & 255) == id;
    }
    return new Regions(of, ignored, map.width(), map.height());
  }

  /** The pixels of the class beside one of another class; the image's border makes no boundary. */
  boolean[] boundary() {
    boolean[] boundary = new boolean[of.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        boundary[i] =
            of[i]
                && (x > 0 && isOther(i - 1)
                    || x + 1 < width && isOther(i + 1)
                    || y > 0 && isOther(i - width)
                    || y + 1 < height && isOther(i + width));
      }
    }
    return boundary;
  }

  private boolean isOther(int i) {
    return !of[i] && !ignored[i];
  }

  /**
   * The pixels of the class that have a pixel of another class, or a place outside of the image,
   * within a square of some pixels around them.
   */
  boolean[] band(int distance) {
    int[] outside = sums();
    boolean[] band = new boolean[of.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        if (of[i]) {
          int left = x - distance;
          int right = x + distance;
          int top = y - distance;
          int bottom = y + distance;
          band[i] =
              left < 0
                  || top < 0
                  || right >= width
                  || bottom >= height
                  || count(outside, left, top, right, bottom) > 0;
        }
      }
    }
    return band;
  }

  /** The number of pixels of other classes above and to the left of each corner, (H+1,W+1). */
  private int[] sums() {
    int wide = width + 1;
    int[] sums = new int[wide * (height + 1)];
    for (int y = 0; y < height; y++) {
      int row = 0;
      for (int x = 0; x < width; x++) {
        row += isOther(y * width + x) ? 1 : 0;
        sums[(y + 1) * wide + x + 1] = sums[y * wide + x + 1] + row;
      }
    }
    return sums;
  }

  private int count(int[] sums, int left, int top, int right, int bottom) {
    int wide = width + 1;
    return sums[(bottom + 1) * wide + right + 1]
        - sums[top * wide + right + 1]
        - sums[(bottom + 1) * wide + left]
        + sums[top * wide + left];
  }
}
