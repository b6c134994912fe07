package dev.inlay.plugins.pointwiseattention;

import dev.inlay.Dim;
import dev.inlay.Tensor;
import java.util.List;

/** The size of the shrunk map; {@code aligned} is 1 if corners are aligned, else 0. */
record Grid(Dim height, Dim width, Dim aligned) {

  static Grid of(PointWiseAttention.Options options, Tensor x) {
    int factor = options.shrink();
    if (factor == 1) {
      return new Grid(x.height(), x.width(), Dim.of(options.alignCorners() ? 1 : 0));
    }
    Dim height = x.height().floorDiv(factor);
    Dim width = x.width().floorDiv(factor);
    // Rounding up and down differs by 1 for a side that is no multiple; both must be none.
    Dim odd = x.height().ceilDiv(factor).minus(height);
    Dim aligned = odd.plus(x.width().ceilDiv(factor)).minus(width).floorDiv(2);
    return new Grid(height.plus(aligned), width.plus(aligned), aligned);
  }

  /** The map in another size. Both ways of resizing are described if the image decides. */
  Tensor resize(Tensor x, Dim rows, Dim columns) {
    if (aligned.isConstant()) {
      return x.resize(rows, columns, aligned.isExactly(1));
    }
    Tensor both = x.resize(rows, columns, false).concat(0, List.of(x.resize(rows, columns, true)));
    Dim from = x.batch().times(aligned);
    return both.slice(0, from, from.plus(x.batch()));
  }
}
