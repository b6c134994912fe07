package dev.inlay.cli.train;

import dev.inlay.data.ClassList;
import dev.inlay.image.LabelMap;

/**
 * Label maps cut into square blocks, each a vector of zeros and ones: the value at (row * ratio +
 * column) * classes + class is 1 where that pixel of the block has the class.
 *
 * <p>An ignored pixel has no class. What is left over at the lower and right edge is in no block.
 *
 * @param ratio rows and columns of a block
 * @param classes the classes and the ignored id
 */
record LabelBlocks(int ratio, ClassList classes) {

  /** Takes a block. */
  interface Visitor {
    /**
     * Takes the block at a row and a column of blocks.
     *
     * @param ones the places of the ones, ascending; only as many as {@code count}, and no longer
     *     than the call lasts
     */
    void block(int row, int column, int[] ones, int count);
  }

  /** The length of the vectors. */
  int size() {
    return ratio * ratio * classes.size();
  }

  int rows(LabelMap labels) {
    return labels.height() / ratio;
  }

  int columns(LabelMap labels) {
    return labels.width() / ratio;
  }

  /** Visits all blocks, row by row. */
  void forEach(LabelMap labels, Visitor visitor) {
    int[] ones = new int[ratio * ratio];
    for (int row = 0; row < rows(labels); row++) {
      for (int column = 0; column < columns(labels); column++) {
        int count = 0;
        for (int place = 0; place < ones.length; place++) {
          int id = labels.id(column * ratio + place % ratio, row * ratio + place / ratio);
          if (id != classes.ignore()) {
            ones[count++] = place * classes.size() + id;
          }
        }
        visitor.block(row, column, ones, count);
      }
    }
  }

  /** The part of a label map that is in blocks. */
  LabelMap whole(LabelMap labels) {
    int width = columns(labels) * ratio;
    int height = rows(labels) * ratio;
    byte[] ids = new byte[width * height];
    for (int y = 0; y < height; y++) {
      System.arraycopy(labels.ids(), y * labels.width(), ids, y * width, width);
    }
    return new LabelMap(width, height, ids);
  }
}
