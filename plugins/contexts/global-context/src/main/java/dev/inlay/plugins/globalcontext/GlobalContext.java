package dev.inlay.plugins.globalcontext;

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
 * GCNet's global context block between two convolutions: a non-local block whose attention is the
 * same for every pixel, so that one vector is the context of the whole map. A bottleneck transforms
 * the vector, which is then added to every pixel (section 4, figure 4).
 *
 * <p>The last map (B,C,H,W) becomes (B,C/4,H,W). Average pooling and a product of channels make the
 * block that of SENet, which the paper compares. With {@code add} alone, the block begins as the
 * identity.
 */
@Named(
    value = "global-context",
    says =
        "Global context: one vector for the whole map, added to each pixel or weighting channels.")
@Cites(
    arxiv = "1904.11492",
    title = "GCNet: Non-local Networks Meet Squeeze-Excitation Networks and Beyond",
    authors = "Cao et al.",
    venue = "ICCVW 2019")
public final class GlobalContext implements ContextModule<GlobalContext.Options> {

  /** The context of the map: a mean of its pixels. */
  public enum Pooling {
    /** Weighted by a softmax over the pixels. */
    ATTENTION,
    /** With equal weights. */
    AVERAGE
  }

  /** What the transformed context does to each pixel. */
  public enum Fusion {
    /** Its sigmoid weights the channels. */
    MULTIPLY,
    /** It is added, after the channels were weighted. */
    ADD
  }

  public record Options(
      @Option(
              value = "channels around the block and of the result; 0 is a quarter of the map's",
              is = "0",
              least = 0)
          int channels,
      @Option(
              value = "the bottleneck's share of the channels, of which it has at least 1",
              is = "0.25",
              above = 0)
          double ratio,
      @Option(value = "pooling of the context: attention or average", is = "attention")
          Pooling pooling,
      @Option(value = "uses of the context: add, multiply or both", is = "[add]")
          List<Fusion> fusions,
      @Option(
              value = "whether a further convolution joins the input map with the block's result",
              is = "true")
          boolean concat,
      @Option(
              value = "rows and columns of the convolutions' kernels, an odd number",
              is = "3",
              odd = true)
          int kernel,
      @Option(value = "dilation of the two convolutions around the block", is = "1", least = 1)
          int dilation) {

    public Options {
      // Canonical form: the order of the fusions is fixed, and a 1x1 kernel has no dilation.
      fusions = fusions.stream().sorted().distinct().toList();
      dilation = kernel == 1 ? 1 : dilation;
    }
  }

  @Override
  public Map<String, Part<Options>> parts() {
    return Map.of("block", (options, x, scope) -> List.of(block(options, x.last(), scope)));
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    Tensor map = input.last();
    int channels = options.channels == 0 ? Math.max(1, map.channels() / 4) : options.channels;
    Window window = Window.of(options.kernel);
    Window spread = window.dilation(options.dilation);
    Tensor x = scope.convNormRelu("convs.0", map, channels, spread);
    x = block(options, x, scope.at("gc_block"));
    x = scope.convNormRelu("convs.1", x, channels, spread);
    if (options.concat) {
      x = scope.convNormRelu("conv_cat", Tensor.concat(map, x), channels, window);
    }
    return input.withLast(x);
  }

  /** The global context block: (B,C,H,W) to (B,C,H,W). */
  static Tensor block(Options options, Tensor x, Scope scope) {
    Tensor context = options.pooling == Pooling.ATTENTION ? attended(x, scope) : x.mean(2, 3);
    Tensor y = x;
    if (options.fusions.contains(Fusion.MULTIPLY)) {
      y = y.times(transformed(options, context, scope.at("channel_mul_conv")).sigmoid());
    }
    if (options.fusions.contains(Fusion.ADD)) {
      y = y.plus(transformed(options, context, scope.at("channel_add_conv")));
    }
    return y;
  }

  /** The context (B,C,1,1): the mean of all pixels, weighted by the same softmax for each pixel. */
  private static Tensor attended(Tensor x, Scope scope) {
    int channels = x.channels();
    Scope s = scope.at("conv_mask");
    Tensor weight =
        s.parameter("weight", Init.normal(Math.sqrt(2.0 / channels)), 1, channels, 1, 1);
    Tensor mask = x.conv(weight, s.parameter("bias", Init.ZERO, 1), Window.of(1));
    Tensor weights = mask.flat().softmax(2).permute(0, 2, 1);
    return x.flat().matmul(weights).reshape(x.batch(), channels, 1, 1);
  }

  /** The context after a bottleneck with layer normalisation, which is 0 at first: (B,C,1,1). */
  private static Tensor transformed(Options options, Tensor context, Scope scope) {
    int channels = context.channels();
    int reduced = (int) Math.max(1, channels * options.ratio);
    Tensor inner = scope.convBias("0", context, reduced, 1);
    Tensor gain = scope.parameter("1.weight", Init.ONE, reduced, 1, 1);
    Tensor shift = scope.parameter("1.bias", Init.ZERO, reduced, 1, 1);
    Tensor weight = scope.parameter("3.weight", Init.ZERO, channels, reduced, 1, 1);
    Tensor bias = scope.parameter("3.bias", Init.ZERO, channels);
    return inner.layerNorm(gain, shift, 1e-5).relu().conv(weight, bias, Window.of(1));
  }
}
