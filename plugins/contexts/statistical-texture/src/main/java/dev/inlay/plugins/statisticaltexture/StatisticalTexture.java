package dev.inlay.plugins.statisticaltexture;

import dev.inlay.Check;
import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Part;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * STLNet's statistical texture: the similarities of the first maps' pixels to their mean are
 * quantised and counted, to enhance the texture of these maps and to extract features of it, which
 * are joined with the last map.
 *
 * <p>The first maps, pooled to the last one's size (H,W), and the last map (B,C,H,W) become a map
 * (B,channels,H,W). The authors' code needs maps whose sides, cut to a multiple of the levels, are
 * multiples of every scale; others are pooled to the next smaller multiple here. The counts of a
 * region whose pixels all have the same similarity are 0, where the authors' code divides by 0.
 */
@Named(
    value = "statistical-texture",
    says = "Counts quantised values of the first maps, and joins texture to the last map.")
@Cites(
    arxiv = "2103.04133",
    title = "Learning Statistical Texture for Semantic Segmentation",
    authors = "Zhu et al.",
    venue = "CVPR 2021")
public final class StatisticalTexture implements ContextModule<StatisticalTexture.Options> {

  public record Options(
      @Option(
              value = "number of maps that texture is read from, beginning with the first",
              is = "2",
              least = 1)
          int maps,
      @Option(
              value = "channels of texture and of the result; 0 is a third of those of these maps",
              is = "0",
              least = 0)
          int channels,
      @Option(
              value = "channels in which counts are encoded at first; 0 is a quarter of channels",
              is = "0",
              least = 0)
          int countChannels,
      @Option(
              value = "number of levels to which an image's values are quantised",
              is = "128",
              least = 2)
          int levels,
      @Option(
              value = "number of levels to which a region's values are, to count pairs",
              is = "8",
              least = 2)
          int pairLevels,
      @Option(
              value = "rows and columns of regions at each level of the pyramid",
              is = "[1, 2, 3, 6]",
              least = 1)
          List<Integer> scales) {

    public Options {
      Check.that(channels != 1, "channels is 1; it must be 2 or more, or 0.");
      Check.that(
          new HashSet<>(scales).size() == scales.size(),
          "scales is %s; no scale may occur twice.",
          scales);
    }

    int counted(int of) {
      return countChannels == 0 ? Math.max(1, of / 4) : countChannels;
    }
  }

  @Override
  public Map<String, Part<Options>> parts() {
    return Map.of(
        "count",
        (options, input, scope) -> {
          Enhancement.Counts counts = Enhancement.count(options, input.last(), scope);
          Tensor vectors = counts.vectors();
          return List.of(
              vectors.reshape(vectors.batch(), vectors.dim(1), vectors.dim(2)),
              counts.encoding().permute(0, 2, 1));
        },
        "countPairs",
        (options, input, scope) ->
            List.of(Pyramid.count(options, input.last(), options.scales.get(0), scope)),
        "enhance",
        (options, input, scope) -> List.of(Enhancement.enhance(options, input.last(), scope)),
        "extract",
        (options, input, scope) ->
            List.of(Pyramid.extract(options, input.last(), options.channels, scope)),
        "learn",
        (options, input, scope) -> List.of(learn(options, input.last(), options.channels, scope)));
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    Check.that(
        options.maps <= input.maps().size(),
        "maps is %d, but the stages before made only %d; lower maps",
        options.maps,
        input.maps().size());
    Tensor last = input.last();
    List<Tensor> early = new ArrayList<>();
    for (int i = options.maps - 1; i >= 0; i--) {
      early.add(input.map(i).adaptiveAvgPool(last.height(), last.width()));
    }
    Tensor joined = Tensor.concat(early);
    int channels = options.channels == 0 ? Math.max(2, joined.channels() / 3) : options.channels;
    Tensor texture = learn(options, joined, channels, scope.at("stl"));
    Tensor all = Tensor.concat(last, texture);
    return input.withLast(scope.convNormReluSequence("head", all, channels, 3));
  }

  /** Statistical texture learning: (B,C',H,W) to (B,3C,H,W), extracted, enhanced and as it was. */
  private static Tensor learn(Options options, Tensor map, int channels, Scope scope) {
    Tensor x = scope.convNormRelu("conv_start", map, channels, 1);
    Tensor enhanced = Tensor.concat(Enhancement.enhance(options, x, scope.at("tem")), x);
    return Tensor.concat(Pyramid.extract(options, enhanced, channels, scope.at("ptfem")), enhanced);
  }
}
