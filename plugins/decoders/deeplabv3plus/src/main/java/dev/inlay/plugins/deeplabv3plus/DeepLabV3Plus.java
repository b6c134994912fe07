package dev.inlay.plugins.deeplabv3plus;

import dev.inlay.Cites;
import dev.inlay.Decoder;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;

/**
 * DeepLabV3+'s decoder: upsamples the context to a finer map's size and joins the two, to recover
 * edges (section 3.1, figure 2).
 *
 * <p>The last map (B,C,h,w), usually from {@code aspp}, becomes logits of the finer map's size. The
 * finer map is reduced to few channels so that it does not outweigh the context; two 3x3
 * convolutions refine the joined map. The paper tries plain convolutions with 256 channels; those
 * of mmsegmentation and of the authors' code are separable and have as many channels as the
 * context.
 */
@Named(
    value = "deeplabv3plus",
    says = "Joins context with a finer map and refines both, to recover edges.")
@Cites(
    arxiv = "1802.02611",
    title = "Encoder-Decoder with Atrous Separable Convolution for Semantic Image Segmentation",
    authors = "Chen et al.",
    venue = "ECCV 2018")
public final class DeepLabV3Plus implements Decoder<DeepLabV3Plus.Options> {

  public record Options(
      @Option(
              value = "which map is joined, counted from 0; negative counts from the last",
              is = "0")
          int map,
      @Option(value = "channels to which this map is reduced; 0 joins no map", is = "48", least = 0)
          int fineChannels,
      @Option(
              value = "channels of the two convolutions; 0 is as many as the last map has",
              is = "0",
              least = 0)
          int channels,
      @Option(
              value = "dropout probability of channels before the classifier",
              is = "0.1",
              least = 0,
              below = 1)
          double dropout,
      @Option(
              value = "whether maps and logits are resized with the corner pixels' centres aligned",
              is = "false")
          boolean alignCorners) {

    public Options {
      // Canonical form: if no map is joined, its index takes the default.
      map = fineChannels == 0 ? 0 : map;
    }
  }

  @Override
  public Tensor build(Options options, Features input, Scope scope) {
    Tensor context = input.last();
    int channels = options.channels == 0 ? context.channels() : options.channels;
    Tensor x = options.fineChannels == 0 ? context : joined(options, input, scope);
    for (int i = 0; i < 2; i++) {
      x = scope.separableConvNormRelu("sep_bottleneck." + i, x, channels, Window.of(3));
    }
    return scope.classify("conv_seg", x, input.classes(), options.dropout);
  }

  private static Tensor joined(Options options, Features input, Scope scope) {
    Tensor fine =
        scope.convNormRelu("c1_bottleneck", input.map(options.map), options.fineChannels, 1);
    return Tensor.concat(input.last().resizeTo(fine, options.alignCorners), fine);
  }

  @Override
  public Tensor upsample(Options options, Tensor logits, Features input, Scope scope) {
    return logits.resizeTo(input.image(), options.alignCorners);
  }
}
