package dev.inlay.plugins.classfeature;

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
 * ACFNet's attentional class features: a coarse prediction gives each class its centre, the mean of
 * its pixels, and each pixel receives the centres of the classes that it may be of (section 3,
 * figure 2).
 *
 * <p>The last map (B,C,H,W) becomes (B,channels,H,W). The coarse prediction reads the same map; it
 * is supervised in training and also used in inference. No code of the authors is public; {@code
 * centres=channel-softmax} is the reading of a third party's.
 */
@Named(
    value = "class-feature",
    says = "Class features: each pixel sees the centres of the classes it may be of.")
@Cites(
    arxiv = "1909.09408",
    title = "ACFNet: Attentional Class Feature Network for Semantic Segmentation",
    authors = "Zhang et al.",
    venue = "ICCV 2019")
public final class ClassFeature implements ContextModule<ClassFeature.Options> {

  public record Options(
      @Option(
              value =
                  "channels of the class features and of the result; 0 is a quarter of the map's",
              is = "0",
              least = 0)
          int channels,
      @Option(
              value = "channels inside the coarse head; 0 is as many as channels",
              is = "0",
              least = 0)
          int coarseChannels,
      @Option(
              value =
                  "how the centres come from the coarse prediction: mean, or channel-softmax of a"
                      + " published code",
              is = "mean")
          Centres centres,
      @Option(value = "weight of the coarse prediction's loss", is = "0.6", least = 0)
          double weight,
      @Option(
              value = "dropout probability of channels before the coarse classifier",
              is = "0.1",
              least = 0,
              below = 1)
          double dropout,
      @Option(
              value = "dropout probability of channels of the pixels before the class centres",
              is = "0",
              least = 0,
              below = 1)
          double pixelDropout) {}

  @Override
  public Map<String, Part<Options>> parts() {
    return Map.of(
        "module",
        (options, x, scope) -> {
          Scope acf = scope.at("acf");
          return List.of(classFeatures(options, x.map(0), x.map(1), options.channels, acf));
        });
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    Tensor map = input.last();
    int channels = options.channels == 0 ? Math.max(1, map.channels() / 4) : options.channels;
    int inner = options.coarseChannels == 0 ? channels : options.coarseChannels;
    Scope head = scope.at("coarse");
    Tensor coarse =
        head.classify(
            "conv_seg",
            head.convNormRelu("convs.0", map, inner, 3),
            input.classes(),
            options.dropout);
    Tensor context = classFeatures(options, map, coarse, channels, scope.at("acf"));
    Tensor result = scope.convNormRelu("bottleneck", Tensor.concat(context, map), channels, 3);
    return input.withLast(result).withSide("coarse", coarse, options.weight);
  }

  /**
   * The attentional class features (B,channels,H,W) of a map (B,C,H,W) and coarse logits (B,K,H,W).
   */
  static Tensor classFeatures(
      Options options, Tensor map, Tensor coarse, int channels, Scope scope) {
    // The class center block.
    Tensor pixels = scope.convNormReluSequence("conv1", map, channels, 1);
    pixels = options.pixelDropout > 0 ? pixels.channelDropout(options.pixelDropout) : pixels;
    Tensor classes = options.centres.classes(coarse.flat());
    Tensor centres = options.centres.centres(pixels.flat(), classes);

    // The class attention block.
    Tensor seen = centres.permute(0, 2, 1).matmul(classes);
    seen = seen.reshape(map.batch(), channels, map.height(), map.width());
    return scope.convBias("conv2", seen, channels, 1);
  }
}
