package dev.inlay.plugins.adaptivepyramid;

import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * APCNet's adaptive context modules: for each of several grids, every pixel weights the grid's
 * regions by an affinity that it predicts from itself and the whole image, and adds up what it
 * weighted (section 3.2, figures 2 and 3).
 *
 * <p>The last map (B,C,H,W) becomes (B,channels,H,W).
 */
@Named(
    value = "adaptive-pyramid",
    says = "Adaptive context: every pixel weights the regions of grids from coarse to fine.")
@Cites(
    url =
        "https://openaccess.thecvf.com/content_CVPR_2019/html/He_Adaptive_Pyramid_Context_Network_for_Semantic_Segmentation_CVPR_2019_paper.html",
    title = "Adaptive Pyramid Context Network for Semantic Segmentation",
    authors = "He et al.",
    venue = "CVPR 2019")
public final class AdaptivePyramid implements ContextModule<AdaptivePyramid.Options> {

  public record Options(
      @Option(value = "rows and columns of each grid", is = "[1, 2, 3, 6]", least = 1)
          List<Integer> bins,
      @Option(
              value = "channels of each module and of the result; 0 is a quarter of the map's",
              is = "0",
              least = 0)
          int channels,
      @Option(value = "whether a 1x1 convolution ends each module", is = "true") boolean fusion) {}

  @Override
  public Features build(Options options, Features input, Scope scope) {
    Tensor x = input.last();
    int channels = options.channels == 0 ? Math.max(1, x.channels() / 4) : options.channels;
    List<Tensor> pyramid = new ArrayList<>(List.of(x));
    for (int i = 0; i < options.bins.size(); i++) {
      Scope s = scope.at("acm_modules", i);
      Tensor context = adapt(x, options.bins.get(i), channels, s);
      pyramid.add(options.fusion ? s.convNormRelu("fusion_conv", context, channels, 1) : context);
    }
    return input.withLast(scope.convNormRelu("bottleneck", Tensor.concat(pyramid), channels, 3));
  }

  /** The adaptive context module with s*s regions: (B,C,H,W) to (B,channels,H,W). */
  private static Tensor adapt(Tensor x, int bins, int channels, Scope scope) {
    Tensor regions =
        scope.convNormRelu("pooled_redu_conv", x.adaptiveAvgPool(bins, bins), channels, 1);
    Tensor pixels = scope.convNormRelu("input_redu_conv", x, channels, 1);
    Tensor image = scope.convNormRelu("global_info", pixels.adaptiveAvgPool(1, 1), channels, 1);
    Tensor affinity = scope.convBias("gla", pixels.plus(image), bins * bins, 1).sigmoid();

    Tensor weighted = regions.flat().matmul(affinity.flat());
    weighted = weighted.reshape(x.batch(), channels, x.height(), x.width());
    return scope.convNormRelu("residual_conv", weighted, channels, 1).plus(pixels).relu();
  }
}
