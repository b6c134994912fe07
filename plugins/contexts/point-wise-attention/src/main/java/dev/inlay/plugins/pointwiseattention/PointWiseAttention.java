package dev.inlay.plugins.pointwiseattention;

import dev.inlay.Check;
import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Part;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * PSANet's point-wise spatial attention: each pixel predicts a weight for every position around it.
 * It collects the features of these positions with these weights, and it distributes its own
 * feature to them (section 3).
 *
 * <p>The last map (B,C,H,W) becomes (B,C/4,H,W). Attention runs on a map that is smaller by {@code
 * shrink}, h by w. The weights of a pixel are the channels of a map (B,M,h,w) whose M are the
 * positions of a mask (rows, columns) around the pixel, the over-completed map. To place each mask
 * around its pixel, {@link Masks} reads them skewed, one axis at a time: no index is stored, and
 * every size of image works. Positions outside the mask have the score 0, and they take part in the
 * softmax with it, as in the authors' code.
 *
 * <p>Two things follow mmsegmentation, not the authors. The projection pads the map with one zero
 * on each side before it is resized ({@code padding=0} is the authors'). Maps of every size are
 * shrunk: if no side is a multiple of {@code shrink}, sides are rounded up and resized with aligned
 * corners, as the authors do with the sizes that they allow; otherwise sides are rounded down and
 * corners are not aligned.
 */
@Named(
    value = "point-wise-attention",
    says = "Point-wise spatial attention: each pixel weights the positions around it.")
@Cites(
    title = "PSANet: Point-wise Spatial Attention Network for Scene Parsing",
    authors = "Zhao et al.",
    venue = "ECCV 2018",
    url =
        "https://openaccess.thecvf.com/content_ECCV_2018/html/Hengshuang_Zhao_PSANet_Point-wise_Spatial_ECCV_2018_paper.html")
public final class PointWiseAttention implements ContextModule<PointWiseAttention.Options> {

  /** The direction in which information flows. */
  public enum Mode {
    /** From the positions that a pixel weights to the pixel. */
    COLLECT,
    /** From a pixel to the positions that it weights. */
    DISTRIBUTE,
    /** Both, each with its own weights: the paper's. */
    BI_DIRECTION
  }

  public record Options(
      @Option(
              value = "channels inside and of the result; 0 is a quarter of the map's",
              is = "0",
              least = 0)
          int channels,
      @Option(
              value = "flow of information: collect, distribute or bi-direction",
              is = "bi-direction")
          Mode mode,
      @Option(
              value =
                  "rows and columns of the mask around each pixel, on the shrunk map; what exceeds"
                      + " the map is cut",
              is = "[97, 97]",
              least = 1,
              size = 2)
          List<Integer> mask,
      @Option(
              value =
                  "whether the mask is fixed on the map instead of on the pixel; the shrunk map"
                      + " then has the mask's size in training",
              is = "false")
          boolean compact,
      @Option(
              value =
                  "whether a compact mask of one direction acts as that of the other one, as in"
                      + " mmsegmentation",
              is = "false")
          boolean exchanged,
      @Option(value = "factor by which the map is shrunk for attention", is = "2", least = 1)
          int shrink,
      @Option(value = "whether the weights of a pixel are their softmax", is = "true")
          boolean softmax,
      @Option(
              value = "divisor of the weighted sums; 0 is the number of the mask's positions",
              is = "1",
              least = 0)
          double normalization,
      @Option(
              value = "zeros on each side of the map that is projected; the authors' 0",
              is = "1",
              oneOf = {0, 1})
          int padding,
      @Option(
              value = "whether that padded map is resized with aligned corners if shrink is 1",
              is = "false")
          boolean alignCorners) {

    public Options {
      // Canonical form: options without effect take their default.
      exchanged &= compact && mode != Mode.BI_DIRECTION;
      alignCorners &= shrink == 1 && padding > 0;
      normalization = normalization == 0 ? (double) mask.get(0) * mask.get(1) : normalization;
    }

    int rows() {
      return mask.get(0);
    }

    int columns() {
      return mask.get(1);
    }
  }

  @Override
  public Map<String, Part<Options>> parts() {
    return Map.of(
        "module",
        (options, x, scope) -> List.of(Tensor.concat(x.last(), context(options, x.last(), scope))),
        "mask",
        (options, x, scope) -> List.of(Masks.masked(options, x.last())));
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    Tensor x = input.last();
    Tensor joined = Tensor.concat(x, context(options, x, scope));
    return input.withLast(scope.convNormRelu("bottleneck", joined, channels(options, x), 3));
  }

  @Override
  public void checkCrop(Options options, Features input, int height, int width) {
    Map<String, Long> sizes = Map.of("H", (long) height, "W", (long) width);
    Grid grid = Grid.of(options, input.last());
    long rows = grid.height().value(sizes);
    long columns = grid.width().value(sizes);
    Check.that(
        rows >= 1 && columns >= 1,
        "'point-wise-attention' shrinks the map by %d, but a crop of %dx%d gives a map of %dx%d."
            + " Take a larger crop, a backbone of a smaller stride or a smaller shrink.",
        options.shrink,
        height,
        width,
        input.last().height().value(sizes),
        input.last().width().value(sizes));
    Check.that(
        !options.compact || (rows == options.rows() && columns == options.columns()),
        "'point-wise-attention' has a compact mask of %dx%d positions, but a crop of %dx%d gives a"
            + " shrunk map of %dx%d. Set mask=[%d, %d], or compact=false.",
        options.rows(),
        options.columns(),
        height,
        width,
        rows,
        columns,
        rows,
        columns);
  }

  private static int channels(Options options, Tensor x) {
    return options.channels == 0 ? Math.max(1, x.channels() / 4) : options.channels;
  }

  /** The gathered features (B,C,H,W) of a map (B,C,H,W), projected to its channels. */
  private static Tensor context(Options options, Tensor x, Scope scope) {
    Grid grid = Grid.of(options, x);
    List<Tensor> gathered = new ArrayList<>();
    if (options.mode != Mode.DISTRIBUTE) {
      gathered.add(gather(options, options.exchanged, grid, x, "", scope));
    }
    if (options.mode != Mode.COLLECT) {
      String suffix = options.mode == Mode.BI_DIRECTION ? "_p" : "";
      gathered.add(gather(options, !options.exchanged, grid, x, suffix, scope));
    }
    Window window = Window.of(1).padding(options.padding);
    Tensor y = scope.convNormRelu("proj", Tensor.concat(gathered), x.channels(), window);
    boolean same = options.shrink == 1 && options.padding == 0;
    return same ? y : grid.resize(y, x.height(), x.width());
  }

  /** One direction: (B,C,H,W) to (B,channels,h,w). */
  private static Tensor gather(
      Options options, boolean distributes, Grid grid, Tensor x, String suffix, Scope scope) {
    int channels = channels(options, x);
    Tensor value = scope.convNormRelu("reduce" + suffix, x, channels, 1);
    value = options.shrink == 1 ? value : grid.resize(value, grid.height(), grid.width());
    Scope s = scope.at("attention" + suffix);
    Tensor predicted = s.convNormRelu("0", value, channels, 1);
    Tensor mask = s.conv("1", predicted, options.rows() * options.columns(), 1);

    Tensor scores = Masks.absolute(options, mask);
    Tensor weights = distributes ? scores.permute(0, 2, 1) : scores;
    weights = options.softmax ? weights.softmax(2) : weights;
    Tensor sums = weights.matmul(value.flat().permute(0, 2, 1)).div(options.normalization);
    return sums.permute(0, 2, 1).reshape(x.batch(), channels, grid.height(), grid.width());
  }
}
