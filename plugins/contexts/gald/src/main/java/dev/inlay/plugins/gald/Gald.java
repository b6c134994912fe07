package dev.inlay.plugins.gald;

import dev.inlay.Check;
import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Part;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.List;
import java.util.Map;

/**
 * GALD-Net's head: a global module aggregates context at half the resolution, and a local module
 * weights it at each position, so that large objects do not blur small ones (section 3, figure 2).
 *
 * <p>The last map (B,C,H,W) becomes (B,channels,H,W). As in the authors' code, strided convolutions
 * are not padded: with three local steps the map must have 15 rows and columns or more.
 */
@Named(value = "gald", says = "Aggregates global context, then weights it at each position.")
@Cites(
    arxiv = "1909.07229",
    title = "Global Aggregation then Local Distribution in Fully Convolutional Networks",
    authors = "Li et al.",
    venue = "BMVC 2019")
public final class Gald implements ContextModule<Gald.Options> {

  public record Options(
      @Option(value = "channels of the features and of the result", is = "512", least = 1)
          int channels,
      @Option(value = "global aggregation: cgnl, non-local, ppm, aspp or none", is = "cgnl")
          Aggregation aggregation,
      @Option(
              value =
                  "channels of the queries and keys of cgnl and non-local; 0 is half of channels",
              is = "0",
              least = 0)
          int keyChannels,
      @Option(
              value = "number of groups of cgnl; channels and keyChannels must be multiples of it",
              is = "8",
              least = 1)
          int groups,
      @Option(
              value = "whether cgnl divides by the square root of the number of values compared",
              is = "false")
          boolean scale,
      @Option(
              value = "number of strided convolutions of the local module; 0 leaves the module out",
              is = "3",
              least = 0)
          int localSteps) {

    public Options {
      int keys = keyChannels == 0 ? channels / 2 : keyChannels;
      boolean compares = aggregation == Aggregation.CGNL || aggregation == Aggregation.NON_LOCAL;
      Check.that(
          !compares || keys > 0,
          "channels is %d, and half of it is 0; set keyChannels to 1 or more.",
          channels);
      boolean splits = aggregation == Aggregation.CGNL;
      Check.that(
          !splits || keyChannels % groups == 0,
          "keyChannels is %d; it must be a multiple of groups, %d.",
          keyChannels,
          groups);
      Check.that(
          !splits || (channels % groups == 0 && keys % groups == 0),
          "groups is %d; channels (%d) and the channels compared (%d) must be multiples of it.",
          groups,
          channels,
          keys);
    }

    /**
     * The least size of the map: every strided convolution must leave at least one row and column.
     */
    private long leastSize() {
      return Math.max(3, (2L << localSteps) - 1);
    }

    /** The number of channels of queries and keys. */
    int keys() {
      return keyChannels == 0 ? channels / 2 : keyChannels;
    }
  }

  @Override
  public Map<String, Part<Options>> parts() {
    return Map.of(
        "block",
        (options, x, scope) -> List.of(block(options, x.last(), scope)),
        "gather",
        (options, x, scope) -> List.of(options.aggregation().gather(options, x.last(), scope)),
        "distribute",
        (options, x, scope) -> List.of(distribute(options, x.last(), scope)));
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    int channels = options.channels;
    Tensor x = scope.convNormReluSequence("conva", input.last(), channels, 3);
    x = block(options, x, scope.at("a2block"));
    x = scope.convNormReluSequence("convb", x, channels, 3);
    return input.withLast(
        scope.convNormReluSequence("bottleneck", Tensor.concat(input.last(), x), channels, 3));
  }

  @Override
  public void checkCrop(Options options, Features input, int height, int width) {
    Map<String, Long> sizes = Map.of("H", (long) height, "W", (long) width);
    long rows = input.last().height().value(sizes);
    long columns = input.last().width().value(sizes);
    long least = options.leastSize();
    Check.that(
        rows >= least && columns >= least,
        "'gald' needs a map of %d rows and columns or more, but a crop of %dx%d gives a map of %dx%d."
            + " Take a larger crop, a backbone of a smaller stride or fewer localSteps.",
        least,
        height,
        width,
        rows,
        columns);
  }

  /** Aggregates at half the size, then distributes: (B,C,H,W) to (B,C,H,W). */
  static Tensor block(Options options, Tensor x, Scope scope) {
    Tensor half = halved("down", x, scope);
    Tensor all = options.aggregation.gather(options, half, scope.at("long_relation"));
    all = all.resizeTo(x, true);
    return options.localSteps == 0
        ? all
        : distribute(options, all, scope.at("local_attention")).plus(all);
  }

  /** The local distribution module: weights every channel by a mask from depthwise convolutions. */
  static Tensor distribute(Options options, Tensor x, Scope scope) {
    Tensor mask = x;
    for (int i = 1; i <= options.localSteps; i++) {
      mask = halved("dconv" + i, mask, scope);
    }
    return x.plus(x.times(mask.resizeTo(x, true).sigmoid()));
  }

  /** A strided depthwise convolution without padding. */
  private static Tensor halved(String name, Tensor x, Scope scope) {
    Window window = Window.of(3).stride(2).padding(0).groups(x.channels());
    Scope s = scope.at(name);
    return s.norm("1", s.convBias("0", x, x.channels(), window)).relu();
  }
}
