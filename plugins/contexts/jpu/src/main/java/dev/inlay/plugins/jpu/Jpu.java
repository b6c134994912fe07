package dev.inlay.plugins.jpu;

import dev.inlay.Check;
import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * FastFCN's joint pyramid upsampling: computes a map of stride 8, like the last map of a dilated
 * backbone, from the last three maps of a backbone of stride 32 (section 3.3, figure 4).
 *
 * <p>The last map (B,C,H/32,W/32) becomes (B,N*M,H/8,W/8) with N dilations of M channels each, at
 * the resolution of the finest of the three; earlier maps pass through unchanged. Levels are joined
 * in mmsegmentation's order; the authors' code begins with the coarsest.
 */
@Named(
    value = "jpu",
    says = "Joint pyramid upsampling: a fine map from three levels instead of a dilated backbone.")
@Cites(
    arxiv = "1903.11816",
    title = "FastFCN: Rethinking Dilated Convolution in the Backbone for Semantic Segmentation",
    authors = "Wu et al.",
    venue = "arXiv 2019")
public final class Jpu implements ContextModule<Jpu.Options> {

  public record Options(
      @Option(value = "number of maps that are joined, the last ones", is = "3", least = 2)
          int levels,
      @Option(value = "channels of each level and of each dilation's branch", is = "512", least = 1)
          int channels,
      @Option(value = "dilation of each branch's 3x3 convolution", is = "[1, 2, 4, 8]", least = 1)
          List<Integer> dilations,
      @Option(
              value =
                  "whether levels are joined beginning with the coarsest, as in the authors' code",
              is = "false")
          boolean coarsestFirst,
      @Option(
              value = "whether levels are resized with the corner pixels' centres aligned",
              is = "false")
          boolean alignCorners) {}

  @Override
  public Features build(Options options, Features input, Scope scope) {
    int maps = input.maps().size();
    Check.that(
        maps >= options.levels,
        "levels is %d, but the stages before made %d maps; put the module after a backbone with"
            + " that many levels, or set levels lower",
        options.levels,
        maps);
    int finest = maps - options.levels;
    List<Tensor> levels = new ArrayList<>();
    for (int i = 0; i < options.levels; i++) {
      Tensor level = input.map(finest + i);
      level = scope.at("conv_layers", i).convNormRelu("0", level, options.channels, 3);
      levels.add(i == 0 ? level : level.resizeTo(levels.get(0), options.alignCorners));
    }
    if (options.coarsestFirst) {
      Collections.reverse(levels);
    }
    Tensor joined = Tensor.concat(levels);
    List<Tensor> branches = new ArrayList<>();
    for (int i = 0; i < options.dilations.size(); i++) {
      Window spread = Window.of(3).dilation(options.dilations.get(i)).groups(joined.channels());
      Scope branch = scope.at("dilation_layers", i).at("0");
      Tensor x = branch.convNorm("depthwise_conv", joined, joined.channels(), spread);
      branches.add(branch.convNormRelu("pointwise_conv", x, options.channels, 1));
    }
    List<Integer> strides = new ArrayList<>(input.strides());
    strides.set(maps - 1, input.stride(finest));
    return input.withMaps(input.withLast(Tensor.concat(branches)).maps(), strides);
  }
}
