package dev.inlay.plugins.lowrank;

import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.Init;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Part;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * RecoNet's context: a weight for each value of the features, which is a sum of tensors of rank
 * one. Each is the product of a vector of channels, one of rows and one of columns (the tensor
 * generation module), and their sum has a high rank (the tensor reconstruction module).
 *
 * <p>The last map (B,C,H,W) becomes (B,C/4,H,W). The authors' vectors have as many values as their
 * square maps have rows. Here a map may have any size: the means of its rows and columns are taken
 * over as many bins as the option {@code size} says, and the vectors are interpolated to the map's
 * rows and columns. On a map of that size both change nothing.
 */
@Named(
    value = "low-rank",
    says = "Weights every value by a sum of products of channel, row and column vectors.")
@Cites(
    arxiv = "2008.00490",
    title = "Tensor Low-Rank Reconstruction for Semantic Segmentation",
    authors = "Chen et al.",
    venue = "ECCV 2020")
public final class LowRank implements ContextModule<LowRank.Options> {

  public record Options(
      @Option(
              value = "channels of the features that are weighted; 0 is a quarter of the map's",
              is = "0",
              least = 0)
          int channels,
      @Option(value = "number of tensors of rank one", is = "64", least = 1) int rank,
      @Option(
              value =
                  "lengths of the rows' and columns' vectors, best those of the training crops' map;"
                      + " they are interpolated to other maps",
              is = "[64, 64]",
              least = 1,
              size = 2)
          List<Integer> size,
      @Option(value = "channels of the result; 0 is a quarter of the map's", is = "0", least = 0)
          int outChannels,
      @Option(
              value =
                  "whether the rows' vectors come from the means of columns and the columns' from"
                      + " the means of rows, as in the authors' code",
              is = "true")
          boolean crossed,
      @Option(
              value =
                  "whether the weights of the tensors in their sum are learned; in the authors' code"
                      + " they stay equal",
              is = "false")
          boolean learnedWeights) {

    private static int orQuarter(int channels, Tensor map) {
      return channels == 0 ? Math.max(1, map.channels() / 4) : channels;
    }
  }

  @Override
  public Map<String, Part<Options>> parts() {
    return Map.of(
        "reconstruct",
        (options, input, scope) -> List.of(reconstruct(options, input.last(), scope)));
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    Tensor map = input.last();
    int channels = Options.orQuarter(options.channels, map);
    Tensor x = scope.convNormReluSequence("feat", map, channels, 3);
    x = reconstruct(options, x, scope.at("decomp"));
    int result = Options.orQuarter(options.outChannels, map);
    return input.withLast(scope.convNormReluSequence("conv6", x, result, 1));
  }

  /** The features and the weighted features: (B,C,H,W) to (B,2C,H,W). */
  static Tensor reconstruct(Options options, Tensor x, Scope scope) {
    int rows = options.size.get(0);
    int columns = options.size.get(1);
    Tensor means = x.mean(1);
    Tensor ofRows = means.adaptiveAvgPool(rows, 1).reshape(x.batch(), rows, 1, 1);
    Tensor ofColumns = means.adaptiveAvgPool(1, columns).reshape(x.batch(), columns, 1, 1);
    int channels = x.channels();
    Tensor c = vectors("conv1_1", x.mean(2, 3), channels, options, scope);
    Tensor h = vectors("conv1_2", options.crossed ? ofColumns : ofRows, rows, options, scope);
    Tensor w = vectors("conv1_3", options.crossed ? ofRows : ofColumns, columns, options, scope);

    // The sum of the outer products of c, h and w is one product of (C,r) and (r,H*W).
    Dim one = Dim.of(1);
    Tensor tall = h.reshape(x.batch(), options.rank, rows, 1).resize(x.height(), one, false);
    Tensor wide = w.reshape(x.batch(), options.rank, 1, columns).resize(one, x.width(), false);
    Tensor weighted =
        options.learnedWeights
            ? c.times(scope.parameter("lam", Init.ONE, options.rank, 1).softmax(0))
            : c.div(options.rank);
    Tensor context = weighted.permute(0, 2, 1).matmul(tall.times(wide).flat());
    context = context.reshape(x.batch(), channels, x.height(), x.width());
    return Tensor.concat(x, x.times(context).relu());
  }

  /** One vector of a length for each of r tensors, from means (B,n,1,1): (B,r,length). */
  private static Tensor vectors(
      String name, Tensor means, int length, Options options, Scope scope) {
    List<Tensor> vectors = new ArrayList<>();
    for (int i = 0; i < options.rank; i++) {
      vectors.add(scope.at(name, i).conv("0", means, length, 1));
    }
    return Tensor.concat(vectors).sigmoid().reshape(means.batch(), options.rank, length);
  }
}
