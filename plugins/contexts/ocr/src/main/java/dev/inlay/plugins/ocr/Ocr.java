package dev.inlay.plugins.ocr;

import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import java.util.List;

/**
 * Object-contextual representations: a coarse prediction weights the pixels of each class, whose
 * weighted mean is one vector, and every pixel attends to these vectors (section 3.2, figure 3).
 *
 * <p>The last map (B,C,H,W) becomes (B,channels,H,W). The coarse prediction comes from an earlier
 * map; it is supervised in training and also used in inference. With {@code joined}, as for HRNet,
 * both use all maps, resized to the first map and joined; the output is one map of that size.
 */
@Named(
    value = "ocr",
    says = "Object context: every pixel attends to one vector for each class coarsely found.")
@Cites(
    arxiv = "1909.11065",
    title = "Object-Contextual Representations for Semantic Segmentation",
    authors = "Yuan et al.",
    venue = "ECCV 2020")
public final class Ocr implements ContextModule<Ocr.Options> {

  private static final int MAP = -2;
  private static final int KERNEL = 3;

  public record Options(
      @Option(value = "channels of the pixels' features and of the result", is = "512", least = 1)
          int channels,
      @Option(value = "channels in which pixels and classes are compared", is = "256", least = 1)
          int keyChannels,
      @Option(
              value = "index of the map of the coarse prediction; negative counts from the last",
              is = "" + MAP)
          int map,
      @Option(
              value = "channels inside the coarse head; 0 is a quarter of its map's",
              is = "0",
              least = 0)
          int coarseChannels,
      @Option(
              value = "rows and columns of the coarse head's kernel, an odd number",
              is = "" + KERNEL,
              odd = true)
          int coarseKernel,
      @Option(value = "weight of the coarse prediction's loss", is = "0.4", least = 0)
          double weight,
      @Option(
              value = "dropout probability of channels before the coarse classifier",
              is = "0.1",
              least = 0,
              below = 1)
          double dropout,
      @Option(
              value = "whether all maps are used, resized to the first map and joined",
              is = "false")
          boolean joined,
      @Option(
              value = "whether maps are resized with the corner pixels' centres aligned",
              is = "false")
          boolean alignCorners,
      @Option(value = "number of convolutions before the coarse classifier", is = "1", least = 0)
          int coarseConvs,
      @Option(
              value = "whether a further convolution joins the coarse head's map with their result",
              is = "false")
          boolean coarseConcat,
      @Option(
              value =
                  "factor of the coarse logits before their softmax over pixels; more is sharper",
              is = "1",
              above = 0)
          double scale) {

    public Options {
      // Canonical form: options without effect take their default.
      map = joined ? MAP : map;
      boolean convolves = coarseConvs > 0 || coarseConcat;
      coarseChannels = convolves ? coarseChannels : 0;
      coarseKernel = convolves ? coarseKernel : KERNEL;
    }
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    Tensor map = options.joined ? input.joined(options.alignCorners) : input.last();
    Tensor early = options.joined ? map : input.map(options.map);
    Tensor coarse = coarse(options, early, input.classes(), scope.at("coarse"));

    Tensor pixels = scope.convNormRelu("bottleneck", map, options.channels, 3);
    Scope block = scope.at("object_context_block");
    Tensor context = attend(options, pixels, regions(options, pixels, coarse), block);
    Tensor result =
        block.convNormRelu("bottleneck", Tensor.concat(context, pixels), options.channels, 1);

    Features output =
        options.joined
            ? input.withMaps(List.of(result), List.of(input.stride(0)))
            : input.withLast(result);
    return output.withSide("coarse", coarse, options.weight);
  }

  /** Logits (B,K,h,w) of the soft object regions. */
  private static Tensor coarse(Options options, Tensor x, int classes, Scope scope) {
    int quarter = Math.max(1, x.channels() / 4);
    int channels = options.coarseChannels == 0 ? quarter : options.coarseChannels;
    Tensor map = x;
    for (int i = 0; i < options.coarseConvs; i++) {
      x = scope.convNormRelu("convs." + i, x, channels, options.coarseKernel);
    }
    if (options.coarseConcat) {
      x = scope.convNormRelu("conv_cat", Tensor.concat(map, x), channels, options.coarseKernel);
    }
    return scope.classify("conv_seg", x, classes, options.dropout);
  }

  /**
   * Object region representations (B,C,K,1): for each class the mean of the pixels, weighted by its
   * logits' softmax.
   */
  private static Tensor regions(Options options, Tensor pixels, Tensor coarse) {
    if (!coarse.shape().subList(2, 4).equals(pixels.shape().subList(2, 4))) {
      coarse = coarse.resizeTo(pixels, options.alignCorners);
    }
    int classes = coarse.channels();
    Tensor scores = coarse.flat();
    Tensor where = (options.scale == 1 ? scores : scores.times(options.scale)).softmax(2);
    Tensor means = where.matmul(pixels.flat().permute(0, 2, 1));
    return means.permute(0, 2, 1).reshape(pixels.batch(), pixels.channels(), classes, 1);
  }

  /** Attention from pixels to region representations: (B,C,H,W). */
  private static Tensor attend(Options options, Tensor pixels, Tensor regions, Scope scope) {
    int channels = options.keyChannels;
    Tensor query = twice("query_project", pixels, channels, scope).flat().permute(0, 2, 1);
    Tensor key = twice("key_project", regions, channels, scope).flat();
    Tensor value = scope.convNormRelu("value_project", regions, channels, 1).flat();
    Tensor likeness = query.matmul(key).times(Math.pow(channels, -0.5)).softmax(2);
    Tensor context = likeness.matmul(value.permute(0, 2, 1)).permute(0, 2, 1);
    context = context.reshape(pixels.batch(), channels, pixels.height(), pixels.width());
    return scope.convNormRelu("out_project", context, options.channels, 1);
  }

  private static Tensor twice(String name, Tensor x, int channels, Scope scope) {
    x = scope.convNormRelu(name + ".0", x, channels, 1);
    return scope.convNormRelu(name + ".1", x, channels, 1);
  }
}
