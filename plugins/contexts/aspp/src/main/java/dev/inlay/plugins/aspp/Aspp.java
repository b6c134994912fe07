package dev.inlay.plugins.aspp;

import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Smoothing;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * DeepLabV3's atrous spatial pyramid pooling: convolutions with several dilations, joined with the
 * image's mean (section 3.3, figure 5).
 *
 * <p>The last map (B,C,H,W) becomes (B,channels,H,W). The default rates suit stride 16; at stride 8
 * the paper doubles them, as mmsegmentation's {@code d8} models do. One difference from the paper
 * follows mmsegmentation: the convolution after the join is 3x3, not 1x1 ({@code kernel=1} is the
 * paper's). mmsegmentation's models also have 512 channels instead of 256. The paper leaves the
 * order of the branches open: the image's mean is first in mmsegmentation and in the authors' code,
 * last in torchvision ({@code poolFirst=false}).
 */
@Named(
    value = "aspp",
    says = "Atrous spatial pyramid pooling: dilated convolutions at several rates, side by side.")
@Cites(
    arxiv = "1706.05587",
    title = "Rethinking Atrous Convolution for Semantic Image Segmentation",
    authors = "Chen et al.",
    venue = "arXiv 2017")
public final class Aspp implements ContextModule<Aspp.Options> {

  public record Options(
      @Option(
              value = "dilation of each branch's 3x3 convolution; a rate of 1 is a 1x1 convolution",
              is = "[6, 12, 18]",
              least = 1)
          List<Integer> rates,
      @Option(value = "channels of each branch and of the result", is = "256", least = 1)
          int channels,
      @Option(value = "whether a 1x1 convolution comes first if the rates name none", is = "true")
          boolean pointwise,
      @Option(value = "whether the mean of the whole map is a branch too", is = "true")
          boolean imagePool,
      @Option(value = "whether this mean comes first in the join; last otherwise", is = "true")
          boolean poolFirst,
      @Option(
              value =
                  "whether dilated convolutions are split into depthwise and 1x1, as in DeepLabV3+",
              is = "false")
          boolean separable,
      @Option(
              value = "whether that mean is resized with the corner pixels' centres aligned",
              is = "false")
          boolean alignCorners,
      @Option(
              value =
                  "rows and columns of the kernel that joins the branches, an odd number; the"
                      + " paper's 1",
              is = "3",
              odd = true)
          int kernel,
      @Option(
              value =
                  "smoothing of dilated convolutions against gridding: none, separable-and-shared or"
                      + " group-interaction",
              is = "none")
          Smoothing smoothing) {

    public Options {
      // Canonical form: options without effect take their default.
      pointwise |= rates.contains(1);
      boolean says = rates.size() > 1 && rates.lastIndexOf(1) == 0;
      rates = List.copyOf(says ? rates.subList(1, rates.size()) : rates);
      boolean dilates = rates.stream().anyMatch(rate -> rate > 1);
      separable &= dilates;
      smoothing = dilates ? smoothing : Smoothing.NONE;
      poolFirst |= !imagePool;
      alignCorners &= imagePool;
    }

    private List<Integer> branches() {
      List<Integer> all = new ArrayList<>(rates);
      if (pointwise && !rates.contains(1)) {
        all.add(0, 1);
      }
      return all;
    }
  }

  @Override
  public Features build(Options options, Features input, Scope plain) {
    Scope scope = options.smoothing.in(plain);
    Tensor x = input.last();
    int channels = options.channels;
    List<Tensor> branches = new ArrayList<>();
    List<Integer> rates = options.branches();
    for (int i = 0; i < rates.size(); i++) {
      int rate = rates.get(i);
      Window window = rate == 1 ? Window.of(1) : Window.of(3).dilation(rate);
      String name = "aspp_modules." + i;
      branches.add(
          options.separable && rate > 1
              ? scope.separableConvNormRelu(name, x, channels, window)
              : scope.convNormRelu(name, x, channels, window));
    }
    if (options.imagePool) {
      Tensor mean = scope.convNormRelu("image_pool.1", x.adaptiveAvgPool(1, 1), channels, 1);
      branches.add(options.poolFirst ? 0 : branches.size(), mean.resizeTo(x, options.alignCorners));
    }
    return input.withLast(
        scope.convNormRelu("bottleneck", Tensor.concat(branches), channels, options.kernel));
  }
}
