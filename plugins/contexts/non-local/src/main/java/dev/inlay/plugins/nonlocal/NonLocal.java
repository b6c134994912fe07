package dev.inlay.plugins.nonlocal;

import dev.inlay.Check;
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
 * The non-local block between two convolutions: each pixel i receives the sum of the features g of
 * all pixels j, weighted by their likeness f (section 3.1, eq. 1):
 *
 * <pre>
 *   y_i = 1/C(x) sum over j of f(x_i, x_j) g(x_j)        z_i = W y_i + x_i
 * </pre>
 *
 * <p>The last map (B,C,H,W) becomes (B,C/4,H,W). Inside the block, pixels have half as many
 * channels (section 3.3). The block begins as the identity (section 4.1).
 */
@Named(
    value = "non-local",
    says = "Non-local block: each pixel gathers the features of all pixels, weighted by likeness.")
@Cites(
    arxiv = "1711.07971",
    title = "Non-local Neural Networks",
    authors = "Wang et al.",
    venue = "CVPR 2018")
public final class NonLocal implements ContextModule<NonLocal.Options> {

  /** The likeness f of two pixels and its normalisation C (section 3.2). */
  public enum Mode {
    /** The softmax of the products of the pixels (eq. 2). */
    GAUSSIAN,
    /** The softmax of the products of queries and keys (eq. 3). */
    EMBEDDED_GAUSSIAN,
    /** The products of queries and keys, divided by their number (eq. 4). */
    DOT_PRODUCT,
    /** A weighted sum of query and key, rectified and divided by their number (eq. 5). */
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
              value = "whether keys and values are the maxima of 2x2 pixels, for less computation",
              is = "false")
          boolean subSample,
      @Option(
              value = "whether the block's result is batch-normalised before it is added",
              is = "true")
          boolean norm,
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
      scale |= mode != Mode.EMBEDDED_GAUSSIAN;
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
    x = block(options, x, scope.at("nl_block"));
    x = scope.convNormRelu("convs.1", x, channels, spread);
    if (options.concat) {
      x = scope.convNormRelu("conv_cat", Tensor.concat(map, x), channels, window);
    }
    return input.withLast(x);
  }

  @Override
  public void checkCrop(Options options, Features input, int height, int width) {
    Map<String, Long> sizes = Map.of("H", (long) height, "W", (long) width);
    long rows = input.last().height().value(sizes);
    long columns = input.last().width().value(sizes);
    Check.that(
        !options.subSample || (rows >= 2 && columns >= 2),
        "'non-local' with subSample needs a map of 2 rows and columns or more, but a crop of %dx%d"
            + " gives a map of %dx%d. Take a larger crop, a backbone of a smaller stride or"
            + " subSample=false.",
        height,
        width,
        rows,
        columns);
  }

  /** The non-local block (eq. 6): (B,C,H,W) to (B,C,H,W). */
  static Tensor block(Options options, Tensor x, Scope scope) {
    int channels = Math.max(1, x.channels() / options.reduction);
    Tensor value = sampled(options, embedded("g", x, channels, scope));
    Tensor y =
        switch (options.mode) {
          case GAUSSIAN -> attend(rows(x), sampled(options, x).flat(), rows(value));
          case EMBEDDED_GAUSSIAN -> {
            double scale = options.scale ? Math.pow(channels, -0.5) : 1;
            Tensor query = rows(embedded("theta", x, channels, scope)).times(scale);
            Tensor key = sampled(options, embedded("phi", x, channels, scope));
            yield attend(query, key.flat(), rows(value));
          }
          case DOT_PRODUCT -> {
            Tensor query = rows(embedded("theta", x, channels, scope));
            Tensor key = sampled(options, embedded("phi", x, channels, scope));
            yield product(query, key.flat(), rows(value));
          }
          case CONCATENATION -> {
            Tensor query = embedded("theta", x, channels, scope);
            Tensor key = sampled(options, embedded("phi", x, channels, scope));
            yield concatenation(query, key, rows(value), scope.at("concat_project.conv"));
          }
        };
    y = y.permute(0, 2, 1).reshape(x.batch(), channels, x.height(), x.width());
    return projected(options, y, x.channels(), scope.at("conv_out")).plus(x);
  }

  /** The softmax over j of the products: (B,N,C), (B,C,M) and (B,M,C) to (B,N,C). */
  private static Tensor attend(Tensor query, Tensor key, Tensor value) {
    return query.matmul(key).softmax(2).matmul(value);
  }

  /**
   * Mean products. Without a softmax, the keys may be multiplied with the values first, which needs
   * no scores (B,N,M). The cost that is told is that of the scores, as the paper has it.
   */
  private static Tensor product(Tensor query, Tensor key, Tensor value) {
    Dim number = key.dim(2);
    Dim channels = key.dim(1);
    Dim first = channels.times(channels).times(number.plus(query.dim(1)));
    Dim ofScores = channels.times(2).times(number).times(query.dim(1));
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

  /** A 1x1 convolution with bias, of small weights. */
  private static Tensor embedded(String name, Tensor x, int channels, Scope scope) {
    Scope s = scope.at(name).at("conv");
    Tensor weight = s.parameter("weight", Init.normal(0.01), channels, x.channels(), 1, 1);
    return x.conv(weight, s.parameter("bias", Init.ZERO, channels), Window.of(1));
  }

  /** The projection W, 0 at first: by its batch normalisation or by itself. */
  private static Tensor projected(Options options, Tensor y, int channels, Scope scope) {
    if (!options.norm) {
      Tensor weight = scope.parameter("conv.weight", Init.ZERO, channels, y.channels(), 1, 1);
      return y.conv(weight, scope.parameter("conv.bias", Init.ZERO, channels), Window.of(1));
    }
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

  private static Tensor sampled(Options options, Tensor x) {
    return options.subSample ? x.maxPool(Window.of(2).stride(2).padding(0)) : x;
  }

  /** The pixels of (B,C,H,W) as rows: (B,N,C). */
  private static Tensor rows(Tensor x) {
    return x.flat().permute(0, 2, 1);
  }
}
