package dev.inlay.plugins.expectationmaximisation;

import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.Init;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;

/**
 * EMANet's expectation-maximisation attention: a few bases are fitted to the pixels in some rounds
 * of expectation-maximisation, and every pixel is rebuilt from them (section 3, figure 2).
 *
 * <p>The last map (B,C,H,W) becomes (B,channels,H,W). The rounds begin with bases that are no
 * parameters: training moves them towards the mean of those that each batch ends with (section
 * 3.3). As in the authors' code, no gradient flows through the rounds, so that the layer before
 * them keeps its initial weights; it counts as parameters, as in published figures.
 */
@Named(
    value = "expectation-maximisation",
    says = "Rebuilds every pixel from a few bases that are fitted to the image's pixels.")
@Cites(
    arxiv = "1907.13426",
    title = "Expectation-Maximization Attention Networks for Semantic Segmentation",
    authors = "Li et al.",
    venue = "ICCV 2019")
public final class ExpectationMaximisation
    implements ContextModule<ExpectationMaximisation.Options> {

  /** The least norm that a vector is divided by. */
  private static final double LEAST = 1e-12;

  public record Options(
      @Option(value = "channels of the result; 0 is an eighth of the map's", is = "0", least = 0)
          int channels,
      @Option(
              value = "channels of the pixels and bases; 0 is a quarter of the map's",
              is = "0",
              least = 0)
          int emaChannels,
      @Option(value = "number of bases", is = "64", least = 1) int bases,
      @Option(value = "number of rounds of expectation and maximisation", is = "3", least = 1)
          int rounds,
      @Option(
              value = "share of a batch's fitted bases in the stored ones after a training step",
              is = "0.1",
              least = 0,
              most = 1)
          double momentum,
      @Option(
              value = "whether a further convolution joins the input map with the result",
              is = "true")
          boolean concat) {}

  @Override
  public Features build(Options options, Features input, Scope scope) {
    Tensor map = input.last();
    int channels = options.channels == 0 ? Math.max(1, map.channels() / 8) : options.channels;
    int inside = options.emaChannels == 0 ? Math.max(1, map.channels() / 4) : options.emaChannels;
    Tensor x = scope.convNormRelu("ema_in_conv", map, inside, 3);
    Tensor pixels = frozen("ema_mid_conv.conv", x.detach(), scope);
    Tensor rebuilt = attend(options, pixels, scope.at("ema_module")).relu();
    x = x.plus(scope.convNorm("ema_out_conv", rebuilt, inside, Window.of(1))).relu();
    x = scope.convNormRelu("bottleneck", x, channels, 3);
    if (options.concat) {
      x = scope.convNormRelu("conv_cat", Tensor.concat(map, x), channels, 3);
    }
    return input.withLast(x);
  }

  /** The pixels (B,C,H,W), rebuilt from bases that are fitted to them: (B,C,H,W). */
  static Tensor attend(Options options, Tensor x, Scope scope) {
    // Columns of about length 1.
    Init directions = Init.normal(1 / Math.sqrt(x.channels()));
    Tensor stored = scope.buffer("bases", directions, 1, x.channels(), options.bases);
    Tensor pixels = x.flat();
    Tensor bases = stored.expand(x.batch(), x.channels(), options.bases);
    Tensor shares = shares(pixels, bases);
    bases = fitted(pixels, shares);
    for (int i = 1; i < options.rounds; i++) {
      shares = shares(pixels, bases);
      bases = fitted(pixels, shares);
    }
    Tensor ofBatch = unit(bases.mean(0)).times(options.momentum);
    scope.update(stored, stored.times(1 - options.momentum).plus(ofBatch));
    Tensor rebuilt = bases.matmul(shares.permute(0, 2, 1));
    return rebuilt.reshape(x.batch(), x.channels(), x.height(), x.width());
  }

  /** Expectation: each pixel's shares in the bases (eq. 12), from (B,C,N) and (B,C,K): (B,N,K). */
  private static Tensor shares(Tensor pixels, Tensor bases) {
    return pixels.permute(0, 2, 1).matmul(bases).softmax(2);
  }

  /** Maximisation: each base is the mean of its pixels (eq. 13), at length 1: (B,C,K). */
  private static Tensor fitted(Tensor pixels, Tensor shares) {
    return unit(pixels.matmul(shares.div(shares.sum(1).atLeast(LEAST))));
  }

  /** Bases (B,C,K) of length 1. */
  private static Tensor unit(Tensor bases) {
    return bases.div(bases.times(bases).sum(1).sqrt().atLeast(LEAST));
  }

  /** A 1x1 convolution whose weights are not trained. */
  private static Tensor frozen(String name, Tensor x, Scope scope) {
    Scope s = scope.at(name);
    Tensor weight = s.parameter("weight", Init.KAIMING, x.channels(), x.channels(), 1, 1);
    Tensor bias = s.parameter("bias", Init.ZERO, x.channels());
    return x.conv(weight.detach(), bias.detach(), Window.of(1));
  }
}
