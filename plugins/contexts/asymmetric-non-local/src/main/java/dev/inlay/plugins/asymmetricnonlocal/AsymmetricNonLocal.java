package dev.inlay.plugins.asymmetricnonlocal;

import dev.inlay.Check;
import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.Init;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * ANN's asymmetric non-local blocks: every pixel attends to the means over a pyramid of grids
 * instead of to all pixels, first to those of an earlier map (AFNB), then to those of its own map
 * (APNB). Sections 3.2 and 3.3, figures 2 and 4.
 *
 * <p>The last map (B,C,H,W) becomes (B,channels,H,W). The grids of the default have S = 110 bins
 * together, so that H*W*S scores replace (H*W)^2.
 */
@Named(
    value = "asymmetric-non-local",
    says = "Attention from every pixel to pooled ones, of an earlier map and of its own.")
@Cites(
    arxiv = "1908.07678",
    title = "Asymmetric Non-local Neural Networks for Semantic Segmentation",
    authors = "Zhu et al.",
    venue = "ICCV 2019")
public final class AsymmetricNonLocal implements ContextModule<AsymmetricNonLocal.Options> {

  public record Options(
      @Option(
              value = "channels of the second block and of the result; 0 is a quarter of the map's",
              is = "0",
              least = 0)
          int channels,
      @Option(
              value = "channels of queries, keys and values; 0 is half of the channels",
              is = "0",
              least = 0)
          int keyChannels,
      @Option(value = "index of the earlier map; negative counts from the last", is = "-2") int map,
      @Option(
              value = "rows and columns of each grid of keys and values",
              is = "[1, 3, 6, 8]",
              least = 1)
          List<Integer> bins,
      @Option(
              value =
                  "rows and columns of pixels whose maximum is one query, for each of several"
                      + " attentions that are added",
              is = "[1]",
              least = 1)
          List<Integer> queryScales,
      @Option(
              value = "dropout probability of channels between the blocks",
              is = "0.1",
              least = 0,
              below = 1)
          double dropout,
      @Option(
              value =
                  "whether results of fewer queries than pixels are resized with the corner pixels'"
                      + " centres aligned",
              is = "false")
          boolean alignCorners) {

    public Options {
      // Canonical form: an option without effect takes its default.
      alignCorners &= Collections.max(queryScales) > 1;
    }

    private int channels(Tensor map) {
      return channels == 0 ? Math.max(1, map.channels() / 4) : channels;
    }

    private int keyChannels(Tensor map) {
      return keyChannels == 0 ? Math.max(1, channels(map) / 2) : keyChannels;
    }
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    Tensor map = input.last();
    int channels = options.channels(map);
    int keys = options.keyChannels(map);

    Scope fusion = scope.at("fusion");
    Tensor earlier = context(options, keys, map, input.map(options.map), "query_project", fusion);
    Tensor x =
        fusion.convNorm("bottleneck", Tensor.concat(earlier, map), map.channels(), Window.of(1));
    x = options.dropout > 0 ? x.channelDropout(options.dropout) : x;
    x = scope.convNormRelu("bottleneck", x, channels, 3);

    // The pyramid block has one projection for queries and keys.
    Scope pyramid = scope.at("context");
    Tensor own = context(options, keys, x, x, "key_project", pyramid);
    x = pyramid.convNormRelu("bottleneck", Tensor.concat(own, x), channels, 1);
    return input.withLast(x);
  }

  @Override
  public void checkCrop(Options options, Features input, int height, int width) {
    Map<String, Long> sizes = Map.of("H", (long) height, "W", (long) width);
    long rows = input.last().height().value(sizes);
    long columns = input.last().width().value(sizes);
    int most = Collections.max(options.queryScales);
    Check.that(
        rows >= most && columns >= most,
        "'asymmetric-non-local' with queryScales=%s needs a map of %d rows and columns or more, but"
            + " a crop of %dx%d gives a map of %dx%d. Take a larger crop, a backbone of a smaller"
            + " stride or smaller queryScales.",
        options.queryScales,
        most,
        height,
        width,
        rows,
        columns);
  }

  /**
   * What the pixels of x (B,C,H,W) gather from a source's grids, summed over the query scales:
   * (B,C,H,W).
   */
  static Tensor context(
      Options options, int keys, Tensor x, Tensor source, String queries, Scope scope) {
    Tensor sum = attend(options, 0, keys, x, source, queries, scope);
    for (int i = 1; i < options.queryScales.size(); i++) {
      sum = sum.plus(attend(options, i, keys, x, source, queries, scope));
    }
    return sum;
  }

  /** Attention with the queries of one scale (equations 6 to 10): (B,C,H,W). */
  private static Tensor attend(
      Options options, int i, int keys, Tensor x, Tensor source, String queries, Scope scope) {
    Scope s = scope.at("stages", i);
    int scale = options.queryScales.get(i);
    Tensor query = projected(queries, x, keys, s);
    if (scale > 1) {
      query = query.maxPool(Window.of(scale).stride(scale).padding(0));
    }
    Tensor key = sampled(options, projected("key_project", source, keys, s));
    Tensor value = sampled(options, s.convBias("value_project", source, keys, 1));

    Tensor scores = query.flat().permute(0, 2, 1).matmul(key).times(Math.pow(keys, -0.5));
    Tensor gathered = scores.softmax(2).matmul(value.permute(0, 2, 1)).permute(0, 2, 1);
    gathered = gathered.reshape(x.batch(), keys, query.height(), query.width());
    Tensor result = beginningAtZero("out_project", gathered, x.channels(), s);
    return scale > 1 ? result.resizeTo(x, options.alignCorners) : result;
  }

  private static Tensor projected(String name, Tensor x, int channels, Scope scope) {
    return scope.convNormRelu(name, x, channels, 1);
  }

  /** Spatial pyramid pooling: the means over the grids of (B,C,H,W) as one list (B,C,S). */
  private static Tensor sampled(Options options, Tensor x) {
    List<Tensor> means =
        options.bins.stream().map(bins -> x.adaptiveAvgPool(bins, bins).flat()).toList();
    return means.get(0).concat(2, means.subList(1, means.size()));
  }

  /** A 1x1 convolution whose result is 0 until training changes it. */
  private static Tensor beginningAtZero(String name, Tensor x, int channels, Scope scope) {
    Scope s = scope.at(name);
    Tensor weight = s.parameter("weight", Init.ZERO, channels, x.channels(), 1, 1);
    return x.conv(weight, s.parameter("bias", Init.ZERO, channels), Window.of(1));
  }
}
