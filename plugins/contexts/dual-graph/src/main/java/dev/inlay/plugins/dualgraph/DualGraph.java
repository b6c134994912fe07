package dev.inlay.plugins.dualgraph;

import dev.inlay.Check;
import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.Init;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Part;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.List;
import java.util.Map;

/**
 * DGCNet's head: two graph convolutions side by side, one whose nodes are places on a coarse map
 * and one whose nodes are groups of channels (sections 3.2 and 3.3, figure 2).
 *
 * <p>The last map (B,C,H,W) becomes (B,channels,H,W). As in the authors' code, the projection onto
 * the feature graph's nodes is not divided by the number of pixels, and the coordinate graph's
 * result gates the map without a sigmoid.
 */
@Named(
    value = "dual-graph",
    says = "Graph convolution among places beside graph convolution among groups of channels.")
@Cites(
    arxiv = "1909.06121",
    title = "Dual Graph Convolutional Network for Semantic Segmentation",
    authors = "Zhang et al.",
    venue = "BMVC 2019")
public final class DualGraph implements ContextModule<DualGraph.Options> {

  public record Options(
      @Option(value = "channels of the features and of the result", is = "512", least = 2)
          int channels,
      @Option(
              value =
                  "channels per node of the feature graph; the state's channels are twice its nodes",
              is = "4",
              least = 1)
          int ratio) {

    public Options {
      Check.that(
          ratio <= channels, "ratio is %d; it must be at most channels, %d.", ratio, channels);
    }
  }

  @Override
  public Map<String, Part<Options>> parts() {
    return Map.of(
        "bothGraphs", (options, x, scope) -> List.of(bothGraphs(options, x.last(), scope)),
        "coordinateGraph", (options, x, scope) -> List.of(coordinateGraph(x.last(), scope)));
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    int channels = options.channels;
    Tensor x = scope.convNormReluSequence("conva", input.last(), channels, 3);
    x = bothGraphs(options, x, scope.at("dualgcn"));
    x = scope.convNormReluSequence("convb", x, channels, 3);
    return input.withLast(
        scope.convNormReluSequence("bottleneck", Tensor.concat(input.last(), x), channels, 3));
  }

  /** (B,C,H,W) to (B,C,H,W). */
  static Tensor bothGraphs(Options options, Tensor x, Scope scope) {
    Tensor places = coordinateGraph(coarse(x, scope), scope.at("gcn_local_attention"));
    Tensor gated = x.times(places.resizeTo(x, true)).plus(x);
    Tensor both = Tensor.concat(gated, featureGraph(options, x, scope));
    return scope.norm("final.1", scope.conv("final.0", both, x.channels(), 1));
  }

  /** Three strided depthwise convolutions: an eighth of the size. */
  private static Tensor coarse(Tensor x, Scope scope) {
    Window half = Window.of(3).stride(2).groups(x.channels());
    Scope s = scope.at("local");
    for (int i = 0; i < 6; i += 2) {
      x = s.norm("" + (i + 1), s.conv("" + i, x, x.channels(), half));
    }
    return x;
  }

  /**
   * The coordinate graph (section 3.2): positions are nodes, and k(q v) is the product of adjacency
   * and states. The order of the products avoids a matrix of positions by positions.
   */
  static Tensor coordinateGraph(Tensor x, Scope scope) {
    int channels = x.channels() / 2;
    Tensor k = scope.convBias("node_k", x, channels, 1).flat().permute(0, 2, 1);
    Tensor q = scope.convBias("node_q", x, channels, 1).flat();
    Tensor v = scope.convBias("node_v", x, channels, 1).flat().permute(0, 2, 1);
    Tensor states = k.matmul(q.matmul(v).softmax(2)).permute(0, 2, 1);
    states = scope.norm("bn_wg", mixed("conv_wg", states, scope));
    states = states.reshape(x.batch(), channels, x.height(), x.width());
    return scope.norm("out.1", scope.convBias("out.0", states, x.channels(), 1)).plus(x).relu();
  }

  /**
   * The feature graph (section 3.3): pixels are projected onto nodes, smoothed over the graph, and
   * projected back.
   */
  private static Tensor featureGraph(Options options, Tensor x, Scope scope) {
    int nodes = x.channels() / options.ratio;
    int states = 2 * nodes;
    Tensor phi = scope.norm("bn_phi", scope.conv("phi", x, states, 1)).flat();
    Tensor theta = scope.norm("bn_theta", scope.conv("theta", x, nodes, 1)).flat();
    Tensor z = phi.matmul(theta.permute(0, 2, 1));

    Tensor smoothed = scope.norm("bn_adj", mixed("conv_adj", z.permute(0, 2, 1), scope));
    z = smoothed.permute(0, 2, 1).plus(z);
    z = scope.norm("bn_wg", mixed("conv_wg", z, scope));

    Tensor y = z.matmul(theta).reshape(x.batch(), states, x.height(), x.width());
    return scope.norm("bn3", scope.conv("conv3", y, x.channels(), 1)).plus(x).relu();
  }

  /** A convolution over a sequence (B,C,N) with a kernel of 1; its weight is (C,C,1). */
  private static Tensor mixed(String name, Tensor x, Scope scope) {
    int channels = x.channels();
    Tensor weight = scope.at(name).parameter("weight", Init.KAIMING, channels, channels, 1);
    Tensor map = x.reshape(x.batch(), channels, x.dim(2), 1);
    Tensor mixed = map.conv(weight.reshape(channels, channels, 1, 1), null, Window.of(1));
    return mixed.reshape(x.batch(), channels, x.dim(2));
  }
}
