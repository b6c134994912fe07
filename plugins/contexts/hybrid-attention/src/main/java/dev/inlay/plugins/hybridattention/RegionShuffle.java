package dev.inlay.plugins.hybridattention;

import dev.inlay.Dim;
import dev.inlay.Scope;
import dev.inlay.Tensor;

/**
 * Region shuffle attention: one attention between the regions of a grid, by their means, and one
 * between the places inside a region, by the means of the pixels at each place of all regions. Two
 * small matrices of scores stand for that of all pixels.
 *
 * <p>Zeros below and right fill sides that are no multiple of the grid's, and count in the means.
 */
final class RegionShuffle {

  /** A grid of rows x columns regions of height x width pixels. */
  private record Grid(int rows, int columns, Dim height, Dim width) {

    static Grid of(HybridAttention.Options options, Tensor x) {
      int rows = options.regions().get(0);
      int columns = options.regions().get(1);
      return new Grid(rows, columns, x.height().ceilDiv(rows), x.width().ceilDiv(columns));
    }

    Tensor filled(Tensor x) {
      Dim right = width.times(columns).minus(x.width());
      Dim below = height.times(rows).minus(x.height());
      return x.pad(Dim.of(0), right, Dim.of(0), below);
    }

    /** (B,C,H,W) as (B,C,rows,height,columns,width). */
    Tensor divided(Tensor x) {
      return x.reshape(x.batch(), x.dim(1), rows, height, columns, width);
    }

    /** A divided map, of which axes may have the size 1, as (B,C,H,W). */
    Tensor spread(Tensor divided) {
      Dim batch = divided.batch();
      Dim channels = divided.dim(1);
      return divided
          .expand(batch, channels, rows, height, columns, width)
          .reshape(batch, channels, height.times(rows), width.times(columns));
    }
  }

  private RegionShuffle() {}

  /** (B,C,H,W) to (B,C,H,W). */
  static Tensor of(HybridAttention.Options options, Tensor x, Scope scope) {
    Grid grid = Grid.of(options, x);
    Tensor filled = grid.filled(x);
    Tensor ofRegion = betweenRegions(options, grid, filled, scope.at("region"));
    Tensor read = options.mode() == Mode.PARALLEL ? filled : filled.plus(ofRegion);
    Tensor ofPlace = betweenPlaces(options, grid, read, scope.at("shuffled"));
    Tensor both =
        Tensor.concat(ofRegion, ofPlace)
            .slice(2, Dim.of(0), x.height())
            .slice(3, Dim.of(0), x.width());
    return scope.convNormReluSequence("fuse", both, x.channels(), 1).plus(x);
  }

  private static Tensor betweenRegions(
      HybridAttention.Options options, Grid grid, Tensor x, Scope s) {
    Tensor means = grid.divided(x).mean(3, 5).reshape(x.batch(), x.dim(1), grid.rows, grid.columns);
    Tensor gathered = attention(options, x, means, s);
    return options.queries() == Queries.PIXEL
        ? gathered
        : grid.spread(gathered.reshape(x.batch(), x.dim(1), grid.rows, 1, grid.columns, 1));
  }

  private static Tensor betweenPlaces(
      HybridAttention.Options options, Grid grid, Tensor x, Scope s) {
    Tensor means = grid.divided(x).mean(2, 4).reshape(x.batch(), x.dim(1), grid.height, grid.width);
    Tensor gathered = attention(options, x, means, s);
    return options.queries() == Queries.PIXEL
        ? gathered
        : grid.spread(gathered.reshape(x.batch(), x.dim(1), 1, grid.height, 1, grid.width));
  }

  /** Attention to the means (B,C,h,w), of themselves or of the pixels of the map. */
  private static Tensor attention(
      HybridAttention.Options options, Tensor x, Tensor means, Scope s) {
    int keys = options.keys(x.channels());
    Tensor asking = options.queries() == Queries.PIXEL ? x : means;
    Tensor query = s.convBias("query", asking, keys, 1).flat().permute(0, 2, 1);
    Tensor key = s.convBias("key", means, keys, 1).flat();
    Tensor value = s.convBias("value", means, x.channels(), 1).flat().permute(0, 2, 1);
    return query
        .matmul(key)
        .softmax(2)
        .matmul(value)
        .permute(0, 2, 1)
        .reshape(x.batch(), x.dim(1), asking.height(), asking.width());
  }
}
