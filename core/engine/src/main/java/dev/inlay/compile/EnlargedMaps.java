package dev.inlay.compile;

import dev.inlay.Dim;
import dev.inlay.Tensor;
import dev.inlay.Window;
import dev.inlay.graph.Node;
import dev.inlay.graph.Nodes;
import dev.inlay.graph.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Convolves tiny maps before they are enlarged. Where a convolution reads maps that are joined, and
 * some of them are bilinear enlargements of grids of a few pixels (pyramid pooling, image pooling),
 * its sum splits: the large maps are convolved as they are, and each grid's share is
 *
 * <pre>  out[o,h,w] = sum over taps (y,x) and grid pixels (i,j) of
 *               U[h+y,i] V[w+x,j] (filter tap (y,x) of o applied to grid pixel (i,j))</pre>
 *
 * with the interpolation matrices U and V. Same values up to rounding, at a small part of the cost.
 */
final class EnlargedMaps {

  private static final int WEIGHT = 1;
  private static final int LARGEST_GRID = 64;

  private EnlargedMaps() {}

  static List<Node> apply(List<Node> roots) {
    return Nodes.rewrite(roots, (old, node) -> splits(node) ? split(node) : node);
  }

  private static boolean splits(Node conv) {
    if (conv.operator() != Operator.CONV || conv.operand(0).operator() != Operator.CONCAT) {
      return false;
    }
    Node joined = conv.operand(0);
    boolean plain = stride(conv) == 1 && argument(conv, 6).equals(Dim.of(1));
    boolean byChannel = argument(joined, 1).equals(1) && conv.operand(WEIGHT).rank() == 4;
    long grids = joined.operands().stream().filter(EnlargedMaps::isEnlargedGrid).count();
    return plain && byChannel && grids > 0 && grids < joined.operands().size();
  }

  private static boolean isEnlargedGrid(Node map) {
    if (map.operator() != Operator.RESIZE) {
      return false;
    }
    Node grid = map.operand(0);
    return grid.height().isConstant()
        && grid.width().isConstant()
        && grid.height().value() * grid.width().value() <= LARGEST_GRID;
  }

  private static Node split(Node conv) {
    Tensor weight = conv.operand(WEIGHT);
    List<Tensor> maps = new ArrayList<>();
    List<Tensor> filters = new ArrayList<>();
    List<Tensor> shares = new ArrayList<>();
    int channel = 0;
    for (Node map : conv.operand(0).operands()) {
      Tensor filter = weight.slice(1, channel, channel + map.channels());
      channel += map.channels();
      if (isEnlargedGrid(map)) {
        shares.add(share(conv, map, filter));
      } else {
        maps.add(map);
        filters.add(filter);
      }
    }
    Node large = conv.withArgument(0, Tensor.concat(maps));
    Tensor sum = large.withArgument(WEIGHT, Tensor.concat(filters));
    for (Tensor share : shares) {
      sum = sum.add(share);
    }
    return (Node) sum;
  }

  /** What an enlarged grid adds to the convolution's result (B,O,H,W). */
  private static Tensor share(Node conv, Node enlarged, Tensor filter) {
    Node grid = enlarged.operand(0);
    long rows = grid.height().value();
    long columns = grid.width().value();
    long tapRows = filter.dim(2).value();
    long tapColumns = filter.dim(3).value();
    long out = filter.dim(0).value();
    Dim batch = grid.batch();

    Tensor pointwise =
        filter.permute(2, 3, 0, 1).reshape(tapRows * tapColumns * out, grid.channels(), 1, 1);
    Tensor taps =
        grid.conv(pointwise, null, Window.of(1))
            .reshape(batch, tapRows, tapColumns, out, rows, columns)
            .permute(0, 1, 3, 4, 2, 5)
            .reshape(batch, tapRows * out * rows, tapColumns * columns);
    Tensor wide = taps.einsum("bnk,wk->bnw", interpolation(conv, enlarged, 1));
    Tensor byRow =
        wide.reshape(batch, tapRows, out, rows, conv.width())
            .permute(0, 2, 1, 3, 4)
            .reshape(batch, out, tapRows * rows, conv.width());
    return interpolation(conv, enlarged, 0).einsum("hk,bokw->bohw", byRow);
  }

  /**
   * The interpolation along rows (side 0) or columns (side 1), seen from each of the kernel's taps:
   * (size, taps x grid pixels), with zeros beyond the map.
   */
  private static Tensor interpolation(Node conv, Node enlarged, int side) {
    Dim pixels = enlarged.operand(0).dim(2 + side);
    Dim size = conv.dim(2 + side);
    boolean alignCorners = (Boolean) argument(enlarged, 2);
    Tensor identity = enlarged.operand(0).diagonal(pixels).asFloat().reshape(1, 1, pixels, pixels);
    int pad = pair(conv, 4).get(side);
    int dilation = pair(conv, 5).get(side);
    Tensor weights =
        identity.resize(enlarged.dim(2 + side), pixels, alignCorners).pad(0, 0, pad, pad);
    List<Tensor> taps = new ArrayList<>();
    for (int tap = 0; tap < conv.operand(WEIGHT).dim(2 + side).value(); tap++) {
      Dim from = Dim.of((long) tap * dilation);
      taps.add(weights.slice(2, from, from.plus(size)));
    }
    Tensor all = taps.get(0).concat(3, taps.subList(1, taps.size()));
    return all.reshape(size, pixels.times(taps.size()));
  }

  private static int stride(Node conv) {
    return Math.max(pair(conv, 3).get(0), pair(conv, 3).get(1));
  }

  @SuppressWarnings("unchecked")
  private static List<Integer> pair(Node node, int place) {
    return (List<Integer>) argument(node, place);
  }

  private static Object argument(Node node, int place) {
    return Objects.requireNonNull(node.arguments().get(place));
  }
}
