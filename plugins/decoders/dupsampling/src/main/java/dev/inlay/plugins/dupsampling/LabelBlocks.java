package dev.inlay.plugins.dupsampling;

import dev.inlay.Labels;

/**
 * Labels cut into square blocks, each a vector of zeros and ones: the value at (row * ratio +
 * column) * classes + class is 1 where that pixel of the block has the class.
 *
 * <p>An ignored pixel has no class. Pixels at the lower and right edge that fill no block are left
 * out.
 *
 * @param ratio rows and columns of a block
 * @param classes the number of classes
 */
record LabelBlocks(int ratio, int classes) {

  /** Receives the blocks. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Receives the next block.
     *
     * @param ones the indices of the ones, ascending; only the first {@code count} are valid, and
     *     only during the call
     */
    void block(int[] ones, int count);
  }

  /** The length of the vectors. */
  int size() {
    return ratio * ratio * classes;
  }

  /** Visits all blocks of an image, row by row. */
  void forEach(Labels labels, Visitor visitor) {
    int[] ones = new int[ratio * ratio];
    for (int top = 0; top + ratio <= labels.height(); top += ratio) {
      for (int left = 0; left + ratio <= labels.width(); left += ratio) {
        visitor.block(ones, read(labels, left, top, ones));
      }
    }
  }

  private int read(Labels labels, int left, int top, int[] ones) {
    int count = 0;
    for (int place = 0; place < ones.length; place++) {
      int id = labels.id(left + place % ratio, top + place / ratio);
      if (id != labels.ignore()) {
        ones[count++] = place * classes + id;
      }
    }
    return count;
  }
}
