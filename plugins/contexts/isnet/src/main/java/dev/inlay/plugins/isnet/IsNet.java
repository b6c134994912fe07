package dev.inlay.plugins.isnet;

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
 * ISNet's context on two levels: every pixel first attends to all pixels joined with the image's
 * mean, then to the mean vectors of the classes of a coarse prediction (section 3, figure 2).
 *
 * <p>The last map (B,C,H,W) becomes (B,channels,H,W). The coarse prediction is supervised in
 * training and also used in inference. With {@code shortcut}, an option of the authors' code, the
 * result is resized to the first map and joined with it; the output is that one map.
 */
@Named(
    value = "isnet",
    says = "Context of the whole image, then of the class that each pixel seems to be.")
@Cites(
    arxiv = "2108.12382",
    title = "ISNet: Integrate Image-Level and Semantic-Level Context for Semantic Segmentation",
    authors = "Jin et al.",
    venue = "ICCV 2021")
public final class IsNet implements ContextModule<IsNet.Options> {

  public record Options(
      @Option(value = "channels of the features and of the result", is = "512", least = 1)
          int channels,
      @Option(value = "channels in which pixels are compared", is = "256", least = 1)
          int keyChannels,
      @Option(
              value =
                  "whether each level's context is joined to that level's input; false ignores the"
                      + " image level, as the authors' code does",
              is = "true")
          boolean concat,
      @Option(
              value = "channels to which the first map is reduced and then joined; 0 joins nothing",
              is = "0",
              least = 0)
          int shortcut,
      @Option(value = "weight of the coarse prediction's loss", is = "0.4", least = 0)
          double weight,
      @Option(
              value = "dropout probability of channels before the coarse classifier",
              is = "0.1",
              least = 0,
              below = 1)
          double dropout,
      @Option(
              value = "whether maps are resized with the corner pixels' centres aligned",
              is = "false")
          boolean alignCorners) {}

  @Override
  public Map<String, Part<Options>> parts() {
    return Map.of(
        "head",
        IsNetParts::head,
        "imageLevel",
        (options, x, scope) -> List.of(imageLevel(options, x.last(), scope)),
        "semanticLevel",
        (options, x, scope) ->
            List.of(semanticLevel(options, x.map(0), x.map(1), x.map(2), scope)));
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    Tensor x = scope.convNormReluSequence("bottleneck", input.last(), options.channels, 3);
    Tensor ofImage = imageLevel(options, x, scope.at("ilc_net"));
    Tensor stage1 = scope.convNormReluSequence("decoder_stage1", x, options.channels, 1);
    Tensor coarse = scope.classify("decoder_stage1.4", stage1, input.classes(), options.dropout);
    Tensor ofClass = semanticLevel(options, x, coarse, ofImage, scope.at("slc_net"));

    Check.that(
        options.shortcut == 0 || input.maps().size() > 1,
        "shortcut joins the first map to the last, but the stages before made only one");
    Features output =
        options.shortcut == 0
            ? input.withLast(ofClass)
            : input.withMaps(
                List.of(joined(options, ofClass, input.map(0), scope)), List.of(input.stride(0)));
    return output.withSide("coarse", coarse, options.weight);
  }

  /** The image-level context module: (B,C,H,W) to (B,C,H,W). */
  static Tensor imageLevel(Options options, Tensor x, Scope scope) {
    Tensor image = x.adaptiveAvgPool(1, 1).resizeTo(x, options.alignCorners);
    Tensor context = attend(options, x, Tensor.concat(image, x), scope.at("correlate_net"));
    return options.concat
        ? scope.convNormReluSequence("bottleneck", Tensor.concat(x, context), x.channels(), 3)
        : context;
  }

  /**
   * The semantic-level context module: from the map (B,C,H,W), the coarse logits (B,K,H,W) and the
   * image-level context (B,C,H,W) to (B,C,H,W).
   */
  static Tensor semanticLevel(
      Options options, Tensor x, Tensor coarse, Tensor ofImage, Scope scope) {
    Tensor context = attend(options, x, classMeans(x, coarse), scope.at("correlate_net"));
    return options.concat
        ? scope.convNormReluSequence("bottleneck", Tensor.concat(ofImage, context), x.channels(), 3)
        : context;
  }

  /**
   * For every pixel, the mean of the pixels of its class, weighted by the softmax of this class's
   * logits over those pixels. A class without pixels has weights of 0, so the program needs no
   * data-dependent loop.
   */
  private static Tensor classMeans(Tensor x, Tensor coarse) {
    int classes = coarse.channels();
    Tensor found = coarse.argmax(1).oneHot(classes);
    // In float32, whose range represents the vanishing weights of pixels of other classes.
    Tensor scores = coarse.asFloat().maskedFill(found.not(), -1e30).flat();
    Tensor mine = found.asFloat().flat();
    Tensor means = scores.softmax(2).times(mine).matmul(x.flat().permute(0, 2, 1));
    Tensor spread = means.permute(0, 2, 1).matmul(mine);
    return spread.reshape(x.batch(), x.channels(), x.height(), x.width());
  }

  /** Attention from the pixels of the query to the pixels of the source. */
  private static Tensor attend(Options options, Tensor query, Tensor source, Scope scope) {
    int channels = options.keyChannels;
    Tensor q = twice("query_project", query, channels, scope).flat().permute(0, 2, 1);
    Tensor k = twice("key_project", source, channels, scope).flat();
    Tensor v =
        scope.convNormReluSequence("value_project", source, channels, 1).flat().permute(0, 2, 1);
    Tensor taken = q.matmul(k).times(Math.pow(channels, -0.5)).softmax(2).matmul(v);
    taken = taken.permute(0, 2, 1);
    taken = taken.reshape(query.batch(), channels, query.height(), query.width());
    return scope.convNormReluSequence("out_project", taken, query.channels(), 1);
  }

  private static Tensor joined(Options options, Tensor x, Tensor first, Scope scope) {
    Scope s = scope.at("shortcut");
    Tensor shortcut = s.norm("1", s.convBias("0", first, options.shortcut, Window.of(1))).relu();
    Tensor both = Tensor.concat(x.resizeTo(shortcut, options.alignCorners), shortcut);
    return scope.convNormReluSequence("decoder_stage2", both, options.channels, 1);
  }

  private static Tensor twice(String name, Tensor x, int channels, Scope scope) {
    Scope s = scope.at(name);
    return s.convNormReluSequence("1", s.convNormReluSequence("0", x, channels, 1), channels, 1);
  }
}
