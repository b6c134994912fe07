package dev.inlay.plugins.dupsampling;

import dev.inlay.Check;
import dev.inlay.Cites;
import dev.inlay.Decoder;
import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.Init;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Part;
import dev.inlay.Preparation;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Data-dependent upsampling: earlier maps are downsampled to the last map's size and fused with it.
 * Each pixel's vector then becomes the logits of a whole block of the image by weights W, which are
 * computed from the training labels (figure 2).
 *
 * <p>The fused maps are the finest, in place of the stem's map, which backbones do not output, and
 * the one before the last.
 *
 * <p>The last map (B,C,h,w) becomes logits (B,K,h*r,w*r), cropped to the image. Channel (row * r +
 * column) * K + class of W's output is the logit of that class at that position of the block.
 *
 * <p>The paper's loss is the cross-entropy of a softmax with a learned temperature T, initially 1.
 * This decoder's logits are already divided by T, so the usual cross-entropy is that loss; the
 * argmax does not depend on T.
 */
@Named(
    value = "dupsampling",
    says = "Predicts at low resolution, then upsamples by weights computed from the labels.")
@Cites(
    arxiv = "1903.02120",
    title =
        "Decoders Matter for Semantic Segmentation: Data-Dependent Decoding Enables Flexible"
            + " Feature Aggregation",
    authors = "Tian et al.",
    venue = "CVPR 2019")
public final class DUpsampling implements Decoder<DUpsampling.Options> {

  static final String LAYER = "dupsample";
  private static final String CONVOLUTION = "conv_w";

  /** W (r*r*K,C,1,1) in the decoder's scope. */
  static final String W = LAYER + "." + CONVOLUTION + ".weight";

  public record Options(
      @Option(
              value = "rows and columns of a block; 0 is the last map's stride",
              is = "0",
              least = 0)
          int ratio,
      @Option(
              value = "channels of the low-resolution prediction that W turns into blocks",
              is = "64",
              least = 1)
          int code,
      @Option(
              value =
                  "indices of the earlier maps that are fused, from 0; negative counts from the last",
              is = "[0, 2]",
              empty = true)
          List<Integer> maps,
      @Option(value = "channels to which these maps are reduced", is = "48", least = 1)
          int fineChannels,
      @Option(value = "channels of the two convolutions of the fused maps", is = "256", least = 1)
          int channels,
      @Option(
              value = "dropout probability after the first and after the second of them",
              is = "[0.5, 0.1]",
              size = 2,
              least = 0,
              below = 1)
          List<Double> dropout,
      @Option(
              value = "whether maps are resized with the corner pixels' centres aligned",
              is = "false")
          boolean alignCorners) {}

  @Override
  public Map<String, Part<Options>> parts() {
    return Map.of(
        "decoder", Dunet::decoder,
        "layer", Dunet::layer,
        "reconstruction", Dunet::reconstruction);
  }

  @Override
  public Tensor build(Options options, Features input, Scope scope) {
    Tensor x = fused(options, input, scope);
    x = dropped(scope.norm("bn2", scope.conv("conv2", x, options.channels, 3)), options, 0);
    x = dropped(scope.norm("bn3", scope.conv("conv3", x, options.channels, 3)), options, 1);
    x = scope.convBias("conv4", x, options.code, 1);
    return tempered(x, ratio(options, input), input.classes(), scope);
  }

  /** The last map joined with the earlier maps at its size. */
  private static Tensor fused(Options options, Features input, Scope scope) {
    Tensor last = input.last();
    List<Tensor> fine = new ArrayList<>();
    for (int place : options.maps) {
      fine.add(input.map(place).resizeTo(last, options.alignCorners));
    }
    if (fine.isEmpty()) {
      return last;
    }
    Tensor reduced = scope.conv("conv1", Tensor.concat(fine), options.fineChannels, 1);
    return Tensor.concat(last, scope.norm("bn1", reduced).relu());
  }

  private static Tensor dropped(Tensor x, Options options, int place) {
    double probability = options.dropout.get(place);
    return probability > 0 ? x.relu().dropout(probability) : x.relu();
  }

  /** The labels' logits over the temperature: (B,C,h,w) to (B,K,h*r,w*r). */
  static Tensor tempered(Tensor x, int ratio, int classes, Scope scope) {
    Tensor logits = blocks(x, ratio, classes, scope.at(LAYER));
    return logits.div(scope.parameter("T", Init.ONE, 1));
  }

  /**
   * Upsampling by W: a block of r x r logits for each class from every pixel, (B,C,h,w) to
   * (B,K,h*r,w*r).
   */
  static Tensor blocks(Tensor x, int ratio, int classes, Scope scope) {
    Tensor made = scope.conv(CONVOLUTION, x, ratio * ratio * classes, Window.of(1));
    return made.reshape(x.batch(), ratio, ratio, classes, x.height(), x.width())
        .permute(0, 3, 4, 1, 5, 2)
        .reshape(x.batch(), classes, x.height().times(ratio), x.width().times(ratio));
  }

  /**
   * Crops the logits at the image's lower and right edge; a ratio other than the stride is
   * interpolated.
   */
  @Override
  public Tensor upsample(Options options, Tensor logits, Features input, Scope scope) {
    if (ratio(options, input) != input.stride(-1)) {
      return logits.resizeTo(input.image(), options.alignCorners);
    }
    Tensor image = input.image();
    return logits.slice(2, Dim.of(0), image.height()).slice(3, Dim.of(0), image.width());
  }

  @Override
  public void checkCrop(Options options, Features input, int height, int width) {
    int ratio = ratio(options, input);
    Check.that(
        height % ratio == 0 && width % ratio == 0,
        "'dupsampling' learns blocks of %dx%d pixels, but its ratio %d does not divide the crop %dx%d. Take a crop like %dx%d, or another ratio."
            .formatted(
                ratio, ratio, ratio, height, width, near(height, ratio), near(width, ratio)));
  }

  @Override
  public Optional<Preparation> preparation(Options options, Features input) {
    return Optional.of(new BlockPreparation(ratio(options, input), options.code, input.classes()));
  }

  private static int near(int side, int ratio) {
    return Math.max(ratio, side / ratio * ratio);
  }

  private static int ratio(Options options, Features input) {
    return options.ratio == 0 ? input.stride(-1) : options.ratio;
  }
}
