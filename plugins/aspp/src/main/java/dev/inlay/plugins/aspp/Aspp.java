package dev.inlay.plugins.aspp;

import dev.inlay.Check;
import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.Option;
import dev.inlay.Paper;
import dev.inlay.Reference;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Atrous spatial pyramid pooling of DeepLabV3: the image's mean beside convolutions whose taps are
 * spread at several rates (section 3.3, figure 5).
 *
 * <p>The last map (B,C,H,W) becomes (B,channels,H,W). Rates are for a map of stride 16; the paper
 * doubles them at stride 8, as mmsegmentation's {@code d8} models do. Differences from the paper,
 * all mmsegmentation's: the convolution after the join is 3x3, not 1x1 ({@code kernel=1} is the
 * paper's); mmsegmentation's models also have 512 channels instead of 256. The paper does not say
 * in which order the branches are joined, which only weights know: the image's mean is first in
 * mmsegmentation and in the authors' code, last in torchvision ({@code poolFirst=false}).
 */
public final class Aspp implements ContextModule<Aspp.Options> {

  /** The options; see each one's meaning. */
  public record Options(
      @Option(
              "distances between the taps of each 3x3 convolution; a rate of 1 is a 1x1 convolution")
          List<Integer> rates,
      @Option("channels of each branch and of the result") int channels,
      @Option("whether a 1x1 convolution comes first where the rates name none") boolean pointwise,
      @Option("whether the mean of the whole map is a branch too") boolean imagePool,
      @Option("whether this mean comes first in the join; last otherwise") boolean poolFirst,
      @Option("whether dilated convolutions are split into depthwise and 1x1, as in DeepLabV3+")
          boolean separable,
      @Option("whether that mean is resized with the corner pixels' centres aligned")
          boolean alignCorners,
      @Option(
              "rows and columns of the kernel that joins the branches, an odd number; the paper's 1")
          int kernel) {

    public Options {
      Check.eachAtLeast("rates", rates, 1);
      Check.atLeast("channels", channels, 1);
      Check.that(
          kernel >= 1 && kernel % 2 == 1, "kernel is " + kernel + "; it must be odd and positive");
      // What says no more than a default is the default.
      pointwise |= rates.contains(1);
      boolean says = rates.size() > 1 && rates.lastIndexOf(1) == 0;
      rates = List.copyOf(says ? rates.subList(1, rates.size()) : rates);
      separable &= rates.stream().anyMatch(rate -> rate > 1);
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
  public String name() {
    return "aspp";
  }

  @Override
  public String summary() {
    return "Atrous spatial pyramid pooling: dilated convolutions at several rates, side by side.";
  }

  @Override
  public Paper paper() {
    return Paper.arxiv(
        "Rethinking Atrous Convolution for Semantic Image Segmentation",
        "Chen et al.",
        "arXiv 2017",
        "1706.05587");
  }

  @Override
  public Options defaults() {
    return new Options(List.of(6, 12, 18), 256, true, true, true, false, false, 3);
  }

  @Override
  public String example() {
    return "resnet50(stride=8) | auxiliary | aspp(rates=[12, 24, 36]) | fcn";
  }

  @Override
  public Map<String, String> presets() {
    Map<String, String> presets = new LinkedHashMap<>();
    for (int depth : new int[] {18, 50, 101}) {
      int channels = depth == 18 ? 128 : 512;
      String head = " | auxiliary | aspp(rates=[12, 24, 36], channels=" + channels + ") | fcn";
      presets.put("deeplabv3_r" + depth + "-d8", "resnet" + depth + "(stride=8)" + head);
      presets.put(
          "deeplabv3_r" + depth + "b-d8", "resnet" + depth + "(stride=8, stem=plain)" + head);
    }
    for (int depth : new int[] {50, 101}) {
      presets.put(
          "deeplabv3_resnet" + depth,
          "resnet"
              + depth
              + "(stride=8, stem=plain) | auxiliary"
              + " | aspp(rates=[12, 24, 36], kernel=1, poolFirst=false) | fcn(convs=1, channels=256)");
    }
    presets.put(
        "deeplabv3_r101-d16-mg124",
        "resnet101(stride=16, multiGrid=[1, 2, 4]) | auxiliary | aspp(channels=512) | fcn");
    return presets;
  }

  @Override
  public List<Reference<Options>> references() {
    return AsppReferences.all();
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
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
