package dev.inlay.plugins.omnirange;

import dev.inlay.Check;
import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.Init;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.List;
import java.util.Map;

/**
 * ORDNet's dependencies of three ranges: short ones by convolution, middle ones by attention inside
 * each patch of a grid, and long ones by attention over the whole map, which the importance of the
 * pixels re-weights.
 *
 * <p>The last map (B,C,H,W) becomes (B,C/4,H,W). No code was published, and the abstract and
 * accounts of the paper fix only the three ranges, the patches and the importance of a pixel, the
 * attention that it receives. What the importance multiplies and how it is normalised are options;
 * the fusion and the widths are the usual ones of position attention.
 */
@Named(
    value = "omni-range",
    says = "Attention inside patches and over the map, weighted by each pixel's importance.")
@Cites(
    arxiv = "2101.03929",
    title = "ORDNet: Capturing Omni-Range Dependencies for Scene Parsing",
    authors = "Huang et al.",
    venue = "TIP 2020")
public final class OmniRange implements ContextModule<OmniRange.Options> {

  public record Options(
      @Option(
              value = "channels inside and of the result; 0 is a quarter of the map's",
              is = "0",
              least = 0)
          int channels,
      @Option(
              value = "channels in which pixels are compared; 0 is an eighth of channels",
              is = "0",
              least = 0)
          int keyChannels,
      @Option(
              value = "rows and columns of the grid of patches of the middle range",
              is = "[2, 2]",
              least = 1,
              size = 2)
          List<Integer> grid,
      @Option(
              value = "what a pixel's importance multiplies: output, value or feature",
              is = "output")
          Reweigh reweigh,
      @Option(value = "how importance is normalised: none, max or softmax", is = "none")
          Normalise normalise) {

    private int keys(int channels) {
      return keyChannels == 0 ? Math.max(1, channels / 8) : keyChannels;
    }
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    Tensor map = input.last();
    int channels = options.channels == 0 ? Math.max(1, map.channels() / 4) : options.channels;
    Tensor x = scope.convNormReluSequence("reduce", map, channels, 3);
    Tensor middle = middleRange(options, x, scope.at("middle"));
    Tensor whole = longRange(options, x, scope.at("long"));
    Tensor ranges = Tensor.concat(x, middle, whole);
    return input.withLast(scope.convNormReluSequence("fuse", ranges, channels, 3));
  }

  /** Position attention inside each patch, with the same weights for all: (B,C,H,W). */
  private static Tensor middleRange(Options options, Tensor x, Scope scope) {
    Dim rows = Dim.of(options.grid.get(0));
    Dim columns = Dim.of(options.grid.get(1));
    Dim height = x.height().ceilDiv(rows.value());
    Dim width = x.width().ceilDiv(columns.value());
    Dim below = height.times(rows).minus(x.height());
    Dim right = width.times(columns).minus(x.width());
    Dim none = Dim.of(0);

    Tensor patches =
        x.pad(none, right, none, below)
            .reshape(x.batch(), x.dim(1), rows, height, columns, width)
            .permute(0, 2, 4, 1, 3, 5)
            .reshape(x.batch().times(rows).times(columns), x.dim(1), height, width);
    Pixels pixels = Pixels.of(options, patches, scope);
    Tensor context = pixels.values.matmul(pixels.weights.permute(0, 2, 1));
    return pixels
        .joined(context, patches, scope)
        .reshape(x.batch(), rows, columns, x.dim(1), height, width)
        .permute(0, 3, 1, 4, 2, 5)
        .reshape(x.batch(), x.dim(1), rows.times(height), columns.times(width))
        .slice(2, none, x.height())
        .slice(3, none, x.width());
  }

  /** Position attention over the map, weighted by importance: (B,C,H,W). */
  private static Tensor longRange(Options options, Tensor x, Scope scope) {
    Pixels pixels = Pixels.of(options, x, scope);
    // A pixel's importance is the attention that it receives from all queries.
    Tensor importance = options.normalise.of(pixels.weights.sum(1));
    Tensor context = options.reweigh.gather(pixels.weights, pixels.values, importance, x.flat());
    return pixels.joined(context, x, scope);
  }

  /**
   * The position attention of a map (B,C,H,W) of N pixels.
   *
   * @param weights (B,N,N), a softmax over keys, not scaled
   * @param values (B,C,N)
   */
  private record Pixels(Tensor weights, Tensor values) {

    static Pixels of(Options options, Tensor x, Scope scope) {
      int keys = options.keys(x.channels());
      Tensor query = scope.convBias("query", x, keys, Window.of(1)).flat();
      Tensor key = scope.convBias("key", x, keys, Window.of(1)).flat();
      Tensor value = scope.convBias("value", x, x.channels(), Window.of(1)).flat();
      return new Pixels(query.permute(0, 2, 1).matmul(key).softmax(2), value);
    }

    /** The context (B,C,N), scaled by a learned factor that begins at 0, added to the map. */
    Tensor joined(Tensor context, Tensor x, Scope scope) {
      Tensor gamma = scope.parameter("gamma", Init.ZERO, 1);
      return context.reshape(x.batch(), x.dim(1), x.height(), x.width()).times(gamma).plus(x);
    }
  }

  @Override
  public void checkCrop(Options options, Features input, int height, int width) {
    Map<String, Long> sizes = Map.of("H", (long) height, "W", (long) width);
    long rows = input.last().height().value(sizes);
    long columns = input.last().width().value(sizes);
    Check.that(
        rows >= options.grid.get(0) && columns >= options.grid.get(1),
        "'omni-range' has a grid of %s patches, but a crop of %dx%d gives a map of %dx%d. Take a"
            + " larger crop, a backbone of a smaller stride or a grid of fewer patches.",
        options.grid,
        height,
        width,
        rows,
        columns);
  }
}
