package dev.inlay.plugins.crisscross;

import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.Init;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.List;

/**
 * CCNet's recurrent criss-cross attention: each pixel attends to its row and column, twice, so that
 * every pixel receives context from every other (sections 3.2 and 3.3, figures 2 and 3).
 *
 * <p>The last map (B,C,H,W) becomes (B,C/4,H,W). All rounds share their parameters. Queries and
 * keys have C/32 channels, and their products are not scaled.
 */
@Named(
    value = "criss-cross",
    says = "Criss-cross attention: each pixel attends to its row and column, twice.")
@Cites(
    arxiv = "1811.11721",
    title = "CCNet: Criss-Cross Attention for Semantic Segmentation",
    authors = "Huang et al.",
    venue = "ICCV 2019")
public final class CrissCross implements ContextModule<CrissCross.Options> {

  public record Options(
      @Option(
              value = "channels inside and of the result; 0 is a quarter of the map's",
              is = "0",
              least = 0)
          int channels,
      @Option(value = "number of rounds of attention", is = "2", least = 1) int recurrence,
      @Option(
              value = "whether a further convolution joins the input map with attention's result",
              is = "true")
          boolean concat,
      @Option(
              value = "rows and columns of the convolutions' kernels, an odd number",
              is = "3",
              odd = true)
          int kernel,
      @Option(value = "dilation of the two convolutions around the attention", is = "1", least = 1)
          int dilation) {

    public Options {
      // Canonical form: a 1x1 kernel has no dilation.
      dilation = kernel == 1 ? 1 : dilation;
    }
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    Tensor map = input.last();
    int channels = options.channels == 0 ? Math.max(1, map.channels() / 4) : options.channels;
    Window window = Window.of(options.kernel);
    Window spread = window.dilation(options.dilation);
    Tensor x = scope.convNormRelu("convs.0", map, channels, spread);
    for (int i = 0; i < options.recurrence; i++) {
      x = attention(x, scope.at("cca"));
    }
    x = scope.convNormRelu("convs.1", x, channels, spread);
    if (options.concat) {
      x = scope.convNormRelu("conv_cat", Tensor.concat(map, x), channels, window);
    }
    return input.withLast(x);
  }

  /** One round: (B,C,H,W) to (B,C,H,W). */
  private static Tensor attention(Tensor x, Scope s) {
    int channels = x.channels();
    int reduced = Math.max(1, channels / 8);
    Tensor query = s.convBias("query_conv", x, reduced, Window.of(1));
    Tensor key = s.convBias("key_conv", x, reduced, Window.of(1));
    Tensor value = s.convBias("value_conv", x, channels, Window.of(1));

    // A pixel lies in its row and in its column; the mask removes it from its column.
    Dim height = x.height();
    Tensor itself = x.diagonal(height).reshape(1, height, 1, height);
    Tensor column =
        query
            .einsum("bchw,bciw->bhwi", key)
            .maskedFill(itself, Double.NEGATIVE_INFINITY)
            .sparing(spared(x, reduced + channels));
    Tensor row = query.einsum("bchw,bchj->bhwj", key);
    Tensor weights = column.concat(3, List.of(row)).softmax(3);

    Tensor ofColumn = weights.slice(3, Dim.of(0), height);
    Tensor ofRow = weights.slice(3, height, height.plus(x.width()));
    Tensor gathered =
        value.einsum("bciw,bhwi->bchw", ofColumn).plus(value.einsum("bchj,bhwj->bchw", ofRow));
    return gathered.times(s.at("gamma").parameter("scale", Init.ZERO)).plus(x);
  }

  /** Products with the masked pixel, of its key and of its value. */
  private static Dim spared(Tensor x, int channels) {
    return x.batch().times(x.height()).times(x.width()).times(channels);
  }
}
