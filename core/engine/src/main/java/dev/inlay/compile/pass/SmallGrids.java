package dev.inlay.compile.pass;

import dev.inlay.Dim;
import dev.inlay.Tensor;
import dev.inlay.Window;
import dev.inlay.graph.Attributes;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operands;
import dev.inlay.graph.Operator;
import dev.inlay.graph.Walk;
import java.util.ArrayList;
import java.util.List;

/**
 * Convolves small grids before their upsampling.
 *
 * <pre>
 *   grid - RESIZE \                                map - CONV(w1) \
 *            map - CONCAT - CONV(w)     becomes                      ADD
 *                                                 grid - CONV(w2) - PRODUCTS /
 * </pre>
 *
 * <p>For a convolution over concatenated maps, some of which are bilinearly upsampled grids of a
 * few pixels (pyramid pooling, image pooling). Its sum splits: the other maps are convolved
 * directly, and each grid adds
 *
 * <pre>  out[o,h,w] = sum over taps (y,x) and grid pixels (i,j) of
 *               U[h+y,i] V[w+x,j] (filter tap (y,x) of o applied to grid pixel (i,j))</pre>
 *
 * with the interpolation matrices U and V. The results are equal up to rounding, at a small part of
 * the cost.
 */
public record SmallGrids() implements Pass {

  private static final int LARGEST_GRID = 64;

  @Override
  public List<Node> apply(List<Node> roots) {
    return Walk.rewrite(roots, (old, node) -> splits(node) ? split(node) : node);
  }

  private static boolean splits(Node conv) {
    if (conv.operator() != Operator.CONV || conv.operand(0).operator() != Operator.CONCAT) {
      return false;
    }
    Node joined = conv.operand(0);
    Attributes.Sliding sliding = conv.attributes(Attributes.Sliding.class);
    boolean plain = sliding.window().stride() == 1 && sliding.groups().isExactly(1);
    boolean byChannel = joined.attributes(Attributes.Axis.class).axis() == 1;
    long grids = joined.operands().stream().filter(SmallGrids::isEnlargedGrid).count();
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
    Tensor weight = conv.roles().weight();
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
    Node large = conv.withOperand(0, (Node) Tensor.concat(maps));
    Tensor sum = large.withOperand(Operands.WEIGHT, (Node) Tensor.concat(filters));
    for (Tensor share : shares) {
      sum = sum.plus(share);
    }
    return (Node) sum;
  }

  /** The share of an upsampled grid in the convolution's result (B,O,H,W). */
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
   * The interpolation matrix along rows (side 0) or columns (side 1), shifted by each of the
   * kernel's taps: (size, taps x grid pixels), zero outside the map.
   */
  private static Tensor interpolation(Node conv, Node enlarged, int side) {
    Dim pixels = enlarged.operand(0).dim(2 + side);
    Dim size = conv.dim(2 + side);
    boolean alignCorners = enlarged.attributes(Attributes.Interpolation.class).alignCorners();
    Tensor identity = enlarged.operand(0).diagonal(pixels).asFloat().reshape(1, 1, pixels, pixels);
    Window window = conv.attributes(Attributes.Sliding.class).window();
    int pad = side == 0 ? window.padTop() : window.padLeft();
    int dilation = window.dilation();
    Tensor weights =
        identity.resize(enlarged.dim(2 + side), pixels, alignCorners).pad(0, 0, pad, pad);
    List<Tensor> taps = new ArrayList<>();
    for (int tap = 0; tap < conv.roles().weight().dim(2 + side).value(); tap++) {
      Dim from = Dim.of((long) tap * dilation);
      taps.add(weights.slice(2, from, from.plus(size)));
    }
    Tensor all = taps.get(0).concat(3, taps.subList(1, taps.size()));
    return all.reshape(size, pixels.times(taps.size()));
  }
}
