package dev.inlay.plugins.disentanglednonlocal;

import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Dim;
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
 * DNLNet's disentangled non-local block between two convolutions: the likeness of two pixels and
 * the salience of one pixel weight the features of all pixels apart from each other, each with a
 * softmax of its own (section 4):
 *
 * <pre>
 *   y_i = sum over j of (softmax((q_i - mean q)(k_j - mean k)) + softmax(m_j)) v_j
 * </pre>
 *
 * <p>The last map (B,C,H,W) becomes (B,C/4,H,W). Inside the block, pixels have half as many
 * channels. The block begins as the identity. The paper has the mode {@code embedded-gaussian}; the
 * others are those of mmsegmentation's code.
 */
@Named(
    value = "disentangled-non-local",
    says = "Disentangled non-local block: likeness of pixels and salience of each pixel, apart.")
@Cites(
    arxiv = "2006.06668",
    title = "Disentangled Non-Local Neural Networks",
    authors = "Yin et al.",
    venue = "ECCV 2020")
public final class DisentangledNonLocal implements ContextModule<DisentangledNonLocal.Options> {

  private static final double TEMPERATURE = 0.05;

  /** The likeness of two pixels. */
  public enum Mode {
    /** The softmax of the products of the whitened pixels; the map itself is whitened too. */
    GAUSSIAN,
    /** The softmax of the products of whitened queries and keys. */
    EMBEDDED_GAUSSIAN,
    /** The products of whitened queries and keys, divided by their number. */
    DOT_PRODUCT,
    /** A weighted sum of whitened query and key, rectified and divided by their number. */
    CONCATENATION
  }

  public record Options(
      @Option(
              value = "channels around the block and of the result; 0 is a quarter of the map's",
              is = "0",
              least = 0)
          int channels,
      @Option(
              value =
                  "likeness of pixels: gaussian, embedded-gaussian, dot-product or concatenation",
              is = "embedded-gaussian")
          Mode mode,
      @Option(
              value = "divisor of the number of channels inside the block, which is at least 1",
              is = "2",
              least = 1)
          int reduction,
      @Option(
              value =
                  "whether embedded-gaussian divides products by the square root of the number of"
                      + " channels inside the block",
              is = "true")
          boolean scale,
      @Option(
              value = "divisor of embedded-gaussian's products; less is sharper",
              is = "" + TEMPERATURE,
              above = 0)
          double temperature,
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
      // Canonical form: options without effect take their default.
      boolean divides = mode == Mode.EMBEDDED_GAUSSIAN;
      scale |= !divides;
      temperature = divides ? temperature : TEMPERATURE;
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
    x = block(options, x, scope.at("dnl_block"));
    x = scope.convNormRelu("convs.1", x, channels, spread);
    if (options.concat) {
      x = scope.convNormRelu("conv_cat", Tensor.concat(map, x), channels, window);
    }
    return input.withLast(x);
  }

  /** The disentangled non-local block: (B,C,H,W) to (B,C,H,W). */
  static Tensor block(Options options, Tensor x, Scope scope) {
    int channels = Math.max(1, x.channels() / options.reduction);
    Tensor value = rows(embedded("g", x, channels, scope));
    boolean embeds = options.mode != Mode.GAUSSIAN;
    // mmsegmentation's code whitens the map in place, and adds the block's result to that.
    Tensor seen = embeds ? x : whitened(x);
    Tensor query = embeds ? whitened(embedded("theta", x, channels, scope)) : seen;
    Tensor key = embeds ? whitened(embedded("phi", x, channels, scope)) : seen;

    Tensor pairwise =
        switch (options.mode) {
          case GAUSSIAN -> attend(rows(query), key.flat(), value);
          case EMBEDDED_GAUSSIAN -> {
            double root = options.scale ? Math.sqrt(channels) : 1;
            yield attend(rows(query).times(1 / root / options.temperature), key.flat(), value);
          }
          case DOT_PRODUCT -> product(rows(query), key.flat(), value);
          case CONCATENATION -> concatenation(query, key, value, scope.at("concat_project.conv"));
        };
    Tensor unary = salience(seen, scope.at("conv_mask")).flat().softmax(2).matmul(value);
    Tensor y = pairwise.plus(unary).permute(0, 2, 1);
    y = y.reshape(x.batch(), channels, x.height(), x.width());
    return projected(y, x.channels(), scope.at("conv_out")).plus(seen);
  }

  /** Without the mean of all pixels. */
  private static Tensor whitened(Tensor x) {
    return x.minus(x.mean(2, 3));
  }

  /** The softmax over j of the products: (B,N,C), (B,C,N) and (B,N,C) to (B,N,C). */
  private static Tensor attend(Tensor query, Tensor key, Tensor value) {
    return query.matmul(key).softmax(2).matmul(value);
  }

  /**
   * Mean products. Without a softmax, the keys may be multiplied with the values first, which needs
   * no scores (B,N,N). The cost that is told is that of the scores, as for the other modes.
   */
  private static Tensor product(Tensor query, Tensor key, Tensor value) {
    Dim number = key.dim(2);
    Dim channels = key.dim(1);
    Dim first = channels.times(channels).times(number).times(2);
    Dim ofScores = number.times(number).times(channels).times(2);
    return query
        .matmul(key.matmul(value.div(number, 1)))
        .sparing(query.batch().times(first.minus(ofScores)));
  }

  /**
   * The mean of the values, weighted by the rectified product of a vector with a query and a key
   * behind each other. Its halves are multiplied with query and key before each pair is added.
   */
  private static Tensor concatenation(Tensor query, Tensor key, Tensor value, Scope scope) {
    int channels = query.channels();
    Tensor weight = scope.parameter("weight", Init.KAIMING, 1, 2L * channels, 1, 1);
    Tensor ofQuery = query.conv(weight.slice(1, 0, channels), null, Window.of(1));
    Tensor ofKey = key.conv(weight.slice(1, channels, 2 * channels), null, Window.of(1));
    return rows(ofQuery).plus(ofKey.flat()).relu().matmul(value.div(value.dim(1), 1));
  }

  /** The salience m of each pixel: (B,1,H,W). */
  private static Tensor salience(Tensor x, Scope scope) {
    double range = 1 / Math.sqrt(x.channels());
    Init init = Init.uniform(-range, range);
    Tensor weight = scope.parameter("weight", init, 1, x.channels(), 1, 1);
    return x.conv(weight, scope.parameter("bias", Init.ZERO, 1), Window.of(1));
  }

  /** A 1x1 convolution with bias, of small weights. */
  private static Tensor embedded(String name, Tensor x, int channels, Scope scope) {
    Scope s = scope.at(name).at("conv");
    Tensor weight = s.parameter("weight", Init.normal(0.01), channels, x.channels(), 1, 1);
    return x.conv(weight, s.parameter("bias", Init.ZERO, channels), Window.of(1));
  }

  /** The projection of the block's result, which its batch normalisation makes 0 at first. */
  private static Tensor projected(Tensor y, int channels, Scope scope) {
    Scope norm = scope.at("bn");
    Tensor count = norm.counter("num_batches_tracked");
    norm.update(count, count.plus(1));
    return scope
        .conv("conv", y, channels, 1)
        .batchNorm(
            norm.parameter("weight", Init.ZERO, channels),
            norm.parameter("bias", Init.ZERO, channels),
            norm.buffer("running_mean", Init.ZERO, channels),
            norm.buffer("running_var", Init.ONE, channels),
            0.1,
            1e-5);
  }

  /** The pixels of (B,C,H,W) as rows: (B,N,C). */
  private static Tensor rows(Tensor x) {
    return x.flat().permute(0, 2, 1);
  }
}
