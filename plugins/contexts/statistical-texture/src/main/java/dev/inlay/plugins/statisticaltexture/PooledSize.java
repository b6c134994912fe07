package dev.inlay.plugins.statisticaltexture;

import dev.inlay.Dim;

/** The rows or columns to which maps are pooled before they are divided into regions. */
final class PooledSize {

  /** More than any map has rows or columns. */
  private static final long MANY = 1L << 20;

  private PooledSize() {}

  /**
   * The rows of each region: the map's rows, cut to a multiple of the levels if there are as many,
   * divided by the number of regions; at least 1.
   */
  static Dim ofRegion(Dim size, int levels, int regions) {
    Dim times = size.floorDiv(levels);
    Dim whole = times.times(levels).plus(size.times(Dim.of(1).minus(isPositive(times))));
    Dim rows = whole.floorDiv(regions);
    return rows.plus(Dim.of(1).minus(isPositive(rows)));
  }

  /** 1 for a size of 1 or more, 0 for 0: a size has no conditions. */
  private static Dim isPositive(Dim size) {
    return size.ceilDiv(MANY);
  }
}
