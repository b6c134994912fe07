package dev.inlay.plugins.hybridattention;

import dev.inlay.Check;
import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Part;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import java.util.List;
import java.util.Map;

/**
 * HMANet's hybrid multiple attention: class augmented attention, with class channel attention
 * inside, beside region shuffle attention (section III).
 *
 * <p>The last map (B,C,H,W) becomes (B,C/4,H,W). The class map is supervised in training and also
 * used in inference. No code of the authors is public: this is a reading of the paper, whose open
 * choices are the options {@code mode}, {@code queries} and {@code form}.
 */
@Named(
    value = "hybrid-attention",
    says = "Hybrid attention: context from classes, their weights, and regions of the image.")
@Cites(
    arxiv = "2001.02870",
    title = "Hybrid Multiple Attention Network for Semantic Segmentation in Aerial Images",
    authors = "Niu et al.",
    venue = "TGRS 2021")
public final class HybridAttention implements ContextModule<HybridAttention.Options> {

  public record Options(
      @Option(
              value = "channels inside and of the result; 0 is a quarter of the map's",
              is = "0",
              least = 0)
          int channels,
      @Option(
              value = "channels in which regions are compared; 0 is an eighth of channels",
              is = "0",
              least = 0)
          int keyChannels,
      @Option(
              value = "channels in which classes are compared; 0 is half of channels",
              is = "0",
              least = 0)
          int classChannels,
      @Option(
              value = "factor by which the class weights' hidden layer expands the classes",
              is = "150",
              least = 1)
          int alpha,
      @Option(value = "rows and columns of the grid of regions", is = "[8, 8]", least = 1, size = 2)
          List<Integer> regions,
      @Option(
              value = "order of the attentions to regions and across them: parallel or sequential",
              is = "parallel")
          Mode mode,
      @Option(
              value = "what compares itself with the groups' means: token, the means, or pixel",
              is = "token")
          Queries queries,
      @Option(
              value =
                  "class augmented attention: se, or plain as in a published code, without"
                      + " rectifier and sigmoid in the class weights",
              is = "se")
          Form form,
      @Option(value = "weight of the class map's loss", is = "0.4", least = 0) double weight) {

    public Options {
      regions = List.copyOf(regions);
    }

    /** The channels inside, for a map of so many. */
    int channels(int ofMap) {
      return channels == 0 ? Math.max(1, ofMap / 4) : channels;
    }

    int keys(int inside) {
      return keyChannels == 0 ? Math.max(1, inside / 8) : keyChannels;
    }

    int classChannels(int inside) {
      return classChannels == 0 ? Math.max(1, inside / 2) : classChannels;
    }
  }

  @Override
  public Map<String, Part<Options>> parts() {
    return Map.of(
        "head", HybridParts::head,
        "regions", HybridParts::regions,
        "classes", HybridParts::classes,
        "plainClasses", HybridParts::plainClasses);
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    int channels = options.channels(input.last().channels());
    Tensor x = scope.convNormReluSequence("reduce", input.last(), channels, 3);
    ClassAugmented.Result ofClasses =
        ClassAugmented.of(options, x, input.classes(), scope.at("caa"));
    Tensor ofRegions = RegionShuffle.of(options, x, scope.at("rsa"));
    Tensor both = Tensor.concat(ofClasses.map(), ofRegions);
    return input
        .withLast(scope.convNormReluSequence("fuse", both, channels, 1))
        .withSide("classes", ofClasses.logits(), options.weight);
  }

  @Override
  public void checkCrop(Options options, Features input, int height, int width) {
    Map<String, Long> sizes = Map.of("H", (long) height, "W", (long) width);
    long rows = input.last().height().value(sizes);
    long columns = input.last().width().value(sizes);
    int down = options.regions.get(0);
    int across = options.regions.get(1);
    Check.that(
        rows >= down && columns >= across,
        "'hybrid-attention' with regions=[%d, %d] needs a map of %dx%d or more, but a crop of %dx%d"
            + " gives a map of %dx%d. Take a larger crop, a backbone of a smaller stride or fewer"
            + " regions.",
        down,
        across,
        down,
        across,
        height,
        width,
        rows,
        columns);
  }
}
