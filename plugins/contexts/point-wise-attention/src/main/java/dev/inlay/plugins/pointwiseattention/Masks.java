package dev.inlay.plugins.pointwiseattention;

import dev.inlay.Dim;
import dev.inlay.Tensor;

/** The masks of all pixels, placed on the map. */
final class Masks {

  private Masks() {}

  /** The scores of a mask (B,M,h,w) as the authors' code has them: (B,h*w,h,w), givers first. */
  static Tensor masked(PointWiseAttention.Options options, Tensor mask) {
    Tensor scores = absolute(options, mask);
    Tensor givers =
        options.mode() == PointWiseAttention.Mode.COLLECT ? scores.permute(0, 2, 1) : scores;
    Dim pixels = mask.height().times(mask.width());
    return givers.reshape(mask.batch(), pixels, mask.height(), mask.width());
  }

  /** The scores (B,h*w,h*w) of each pixel for each position, from a mask (B,M,h,w). */
  static Tensor absolute(PointWiseAttention.Options options, Tensor mask) {
    Dim b = mask.batch();
    Dim h = mask.height();
    Dim w = mask.width();
    int rows = options.rows();
    int columns = options.columns();
    if (options.compact()) {
      Tensor fixed = mask.permute(0, 2, 3, 1).reshape(b, h.times(w), rows, columns);
      Tensor whole = fixed.pad(Dim.of(0), w.plus(-columns), Dim.of(0), h.plus(-rows));
      return whole.reshape(b, h.times(w), h.times(w));
    }
    Tensor x = mask.reshape(b, rows, columns, h, w).permute(0, 1, 3, 4, 2);
    x = skewed(x.reshape(b, h.times(rows), w, columns));
    x = x.reshape(b, rows, h, w, w).permute(0, 3, 4, 2, 1);
    x = skewed(x.reshape(b, w.times(w), h, rows));
    return x.reshape(b, w, w, h, h).permute(0, 3, 1, 4, 2).reshape(b, h.times(w), h.times(w));
  }

  /**
   * Places masks around their pixels along one axis: (B,K,n,m) to (B,K,n,n), where pixel i's value
   * for position j is its mask's value at j - i + (m - 1) / 2, or 0 outside the mask.
   *
   * <p>The mask is cut or filled with zeros to 2n values, so that its middle is at n - 1. Read as
   * one vector, pixel i's value for position j is then at 2n i + (n - 1) + j - i. Without the first
   * n - 1 values, that is row i and column j of a matrix with rows of 2n - 1.
   */
  private static Tensor skewed(Tensor masks) {
    Dim b = masks.batch();
    Dim k = masks.dim(1);
    Dim n = masks.dim(2);
    long size = masks.dim(3).value();
    Dim left = n.minus(Dim.of(1 + (size - 1) / 2));
    Dim right = n.times(2).minus(Dim.of(size)).minus(left);
    Dim zero = Dim.of(0);
    Dim row = n.times(2).plus(-1);
    return masks
        .pad(left, right, zero, zero)
        .reshape(b, k, n.times(n).times(2))
        .slice(2, n.plus(-1), n.plus(-1).plus(n.times(row)))
        .reshape(b, k, n, row)
        .slice(3, zero, n);
  }
}
