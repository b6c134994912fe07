package dev.inlay.plugins.gatedpath;

import dev.inlay.Check;
import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.Init;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An approximation of GPSNet's gated path selection: a grid of dilated convolutions, in which every
 * pixel weights the paths that enter a convolution and thereby selects its receptive field.
 *
 * <p>The last map (B,C,H,W) becomes (B,C/4,H,W). Certain from the paper's abstracts are the grid,
 * which joins features of growing receptive fields densely, and the gates, which depend on the
 * image. There is no published code. The edges, widths and gates of this module are a reading:
 *
 * <ul>
 *   <li>Each row has one dilation. The first column reads the map; a convolution of any later
 *       column reads the weighted sum of the column before, of its own row and of the rows before.
 *   <li>The weights of {@code gate} come from the map, one for each pixel and edge. Those of {@code
 *       comparative}, after the article of 2021, come from the features that are weighted.
 *   <li>The map and the weighted last column are joined by a 1x1 convolution.
 * </ul>
 */
@Named(
    value = "gated-path",
    says = "Gated paths through a grid of dilated convolutions, an approximation of GPSNet.")
@Cites(
    arxiv = "2001.06819",
    title = "Gated Path Selection Network for Semantic Segmentation",
    authors = "Geng et al.",
    venue = "IEEE TIP 2021")
public final class GatedPath implements ContextModule<GatedPath.Options> {

  /** Where the weights of the paths come from. */
  public enum Aggregation {
    /** The map, by two convolutions for all paths. */
    GATE,
    /** The paths' own features, compared by a softmax over the paths that enter a convolution. */
    COMPARATIVE
  }

  /** What makes gates of the values for the paths. */
  public enum Gate {
    /** The sigmoid: each path is open or closed by itself. */
    SIGMOID,
    /** A softmax over the paths that enter a convolution. */
    SOFTMAX
  }

  public record Options(
      @Option(value = "channels of the result; 0 is a quarter of the map's", is = "0", least = 0)
          int channels,
      @Option(
              value = "channels of each convolution of the grid; 0 is half of the result's",
              is = "0",
              least = 0)
          int pathChannels,
      @Option(
              value = "dilation of each row of the grid, in pixels of the map, in ascending order",
              is = "[6, 12, 18]",
              least = 1)
          List<Integer> dilations,
      @Option(value = "number of columns of the grid", is = "3", least = 1) int columns,
      @Option(value = "source of the paths' weights: gate or comparative", is = "gate")
          Aggregation aggregation,
      @Option(value = "function of the gates: sigmoid or softmax", is = "sigmoid") Gate gate) {

    public Options {
      for (int i = 1; i < dilations.size(); i++) {
        Check.that(
            dilations.get(i) > dilations.get(i - 1),
            "dilations is %s; each value must be greater than the one before.",
            dilations);
      }
      // Canonical form: comparative has no gates.
      gate = aggregation == Aggregation.GATE ? gate : Gate.SIGMOID;
    }
  }

  /** Values (B,n,H,W) for the n paths (B,C,H,W) that enter one convolution of a column. */
  private interface Scores {

    Tensor of(int column, List<Tensor> paths);
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    Tensor map = input.last();
    int channels = options.channels == 0 ? Math.max(1, map.channels() / 4) : options.channels;
    int inner = options.pathChannels == 0 ? Math.max(1, channels / 2) : options.pathChannels;
    Tensor x = scope.convNormReluSequence("reduce", map, channels, 3);
    Scores scores = scores(options, x, inner, scope);

    List<Tensor> before = List.of();
    for (int column = 0; column < options.columns; column++) {
      List<Tensor> nodes = new ArrayList<>();
      for (int row = 0; row < options.dilations.size(); row++) {
        Tensor read = column == 0 ? x : sum(weighted(options, scores, column, before, row + 1));
        Window window = Window.of(3).dilation(options.dilations.get(row));
        String name = "nodes.%d.%d".formatted(column, row);
        nodes.add(scope.convNormSequence(name, read, inner, window).relu());
      }
      before = nodes;
    }
    List<Tensor> last = weighted(options, scores, options.columns, before, before.size());
    Tensor joined = x.concat(1, last);
    return input.withLast(scope.convNormReluSequence("fuse", joined, channels, 1));
  }

  private static Scores scores(Options options, Tensor x, int inner, Scope scope) {
    int rows = options.dilations.size();
    int end = options.columns;
    if (options.aggregation == Aggregation.COMPARATIVE) {
      return (column, paths) -> {
        String node = "scores.%d.%d".formatted(column - 1, paths.size() - 1);
        return compared(paths, scope.at(column == end ? "out_score" : node));
      };
    }
    int ofColumn = rows * (rows + 1) / 2;
    int edges = (end - 1) * ofColumn + rows;
    Tensor hidden = scope.convNormReluSequence("gates.0", x, inner, 3);
    Tensor gates = scope.convBias("gates.1", hidden, edges, 1);
    return (column, paths) -> {
      int count = paths.size();
      int before = column == end ? 0 : count * (count - 1) / 2;
      int first = (column - 1) * ofColumn + before;
      return gates.slice(1, first, first + count);
    };
  }

  /** One score of each path's own features, by the same weights for all paths: (B,n,H,W). */
  private static Tensor compared(List<Tensor> paths, Scope scope) {
    Tensor weight = scope.parameter("weight", Init.KAIMING, 1, paths.get(0).channels(), 1, 1);
    return Tensor.concat(
        paths.stream().map(path -> path.conv(weight, null, Window.of(1))).toList());
  }

  /** The first paths of a column, each multiplied by its weight at every pixel. */
  private static List<Tensor> weighted(
      Options options, Scores scores, int column, List<Tensor> nodes, int count) {
    List<Tensor> paths = nodes.subList(0, count);
    boolean sigmoid = options.aggregation == Aggregation.GATE && options.gate == Gate.SIGMOID;
    Tensor values = scores.of(column, paths);
    Tensor weights = sigmoid ? values.sigmoid() : values.softmax(1);
    return IntStream.range(0, count)
        .mapToObj(i -> paths.get(i).times(weights.slice(1, i, i + 1)))
        .toList();
  }

  private static Tensor sum(List<Tensor> paths) {
    return paths.stream().reduce(Tensor::plus).orElseThrow();
  }
}
