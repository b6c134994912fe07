package dev.inlay.plugins.dualattention;

import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.Init;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;

/**
 * DANet's dual attention: in one branch every pixel attends to all pixels, in another every channel
 * to all channels; the result is the sum of both (section 3.1, figures 2 and 3).
 *
 * <p>The last map (B,C,H,W) becomes (B,channels,H,W). The logits of each branch are side outputs,
 * supervised in training like those of the sum. Published parameter counts include their
 * classifiers.
 */
@Named(
    value = "dual-attention",
    says = "Dual attention: every pixel attends to all pixels, every channel to all channels.")
@Cites(
    arxiv = "1809.02983",
    title = "Dual Attention Network for Scene Segmentation",
    authors = "Fu et al.",
    venue = "CVPR 2019")
public final class DualAttention implements ContextModule<DualAttention.Options> {

  public record Options(
      @Option(
              value = "channels inside and of the result; 0 is a quarter of the map's",
              is = "0",
              least = 0)
          int channels,
      @Option(
              value = "channels in which pixels are compared; 0 is an eighth of the channels",
              is = "0",
              least = 0)
          int keyChannels,
      @Option(value = "weight of the loss of each branch's logits", is = "1", least = 0)
          double weight,
      @Option(
              value = "dropout probability of channels before each branch's classifier",
              is = "0.1",
              least = 0,
              below = 1)
          double dropout) {}

  @Override
  public Features build(Options options, Features input, Scope scope) {
    Tensor map = input.last();
    int channels = options.channels == 0 ? Math.max(1, map.channels() / 4) : options.channels;
    int keys = options.keyChannels == 0 ? Math.max(1, channels / 8) : options.keyChannels;

    Tensor x = scope.convNormRelu("pam_in_conv", map, channels, 3);
    Tensor ofPixels =
        scope.convNormRelu("pam_out_conv", ofPixels(x, keys, scope.at("pam")), channels, 3);
    Tensor y = scope.convNormRelu("cam_in_conv", map, channels, 3);
    Tensor ofChannels =
        scope.convNormRelu("cam_out_conv", ofChannels(y, scope.at("cam")), channels, 3);

    Features output = input.withLast(ofPixels.plus(ofChannels));
    output = supervised(options, "pixels", ofPixels, output, scope, "pam_conv_seg");
    return supervised(options, "channels", ofChannels, output, scope, "cam_conv_seg");
  }

  /** The position attention module (section 3.2): every pixel attends to all pixels, (B,C,H,W). */
  private static Tensor ofPixels(Tensor x, int keys, Scope scope) {
    Tensor query = scope.convBias("query_project", x, keys, 1).flat().permute(0, 2, 1);
    Tensor key = scope.convBias("key_project", x, keys, 1).flat();
    Tensor value = scope.convBias("value_project", x, x.channels(), 1).flat().permute(0, 2, 1);
    Tensor gathered = query.matmul(key).softmax(2).matmul(value).permute(0, 2, 1);
    return scaled(gathered, x, scope);
  }

  /**
   * The channel attention module (section 3.3): every channel attends to all channels, (B,C,H,W).
   * As in the authors' code, the least similar channels weigh most, where equation 3 has the other
   * sign.
   */
  private static Tensor ofChannels(Tensor x, Scope scope) {
    Tensor channels = x.flat();
    Tensor energy = channels.matmul(channels.permute(0, 2, 1));
    return scaled(energy.times(-1).softmax(2).matmul(channels), x, scope);
  }

  /** The map plus what was gathered for it, with a learned factor that begins at 0. */
  private static Tensor scaled(Tensor gathered, Tensor x, Scope scope) {
    Tensor factor = scope.at("gamma").parameter("scale", Init.ZERO);
    Tensor map = gathered.reshape(x.batch(), x.channels(), x.height(), x.width());
    return map.times(factor).plus(x);
  }

  private static Features supervised(
      Options options, String name, Tensor x, Features output, Scope scope, String classifier) {
    Tensor logits = scope.classify(classifier, x, output.classes(), options.dropout);
    return output.withSide(name, new Features.Side(logits, "cross-entropy", options.weight, true));
  }
}
