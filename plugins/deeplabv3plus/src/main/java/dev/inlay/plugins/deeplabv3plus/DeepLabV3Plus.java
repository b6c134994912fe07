package dev.inlay.plugins.deeplabv3plus;

import dev.inlay.Check;
import dev.inlay.Decoder;
import dev.inlay.Features;
import dev.inlay.Option;
import dev.inlay.Paper;
import dev.inlay.Reference;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * DeepLabV3+'s decoder: brings the context to a finer map's size and joins the two, so that edges
 * come back (section 3.1, figure 2).
 *
 * <p>The last map (B,C,h,w), which {@code aspp} has prepared, makes logits of the finer map's size.
 * The finer map is reduced to few channels, lest it outweigh the context; two 3x3 convolutions
 * refine what was joined. The paper tries plain ones with 256 channels; mmsegmentation's, like the
 * authors' code's, are separable, and have as many channels as the context.
 */
public final class DeepLabV3Plus implements Decoder<DeepLabV3Plus.Options> {

  /** The options; see each one's meaning. */
  public record Options(
      @Option("which map is joined, counted from 0; negative counts from the last") int map,
      @Option("channels to which this map is reduced; 0 joins none") int fineChannels,
      @Option("channels of the two convolutions; 0 is as many as the last map has") int channels,
      @Option("probability that a channel is dropped before the classifier") double dropout,
      @Option("whether maps and logits are resized with the corner pixels' centres aligned")
          boolean alignCorners) {

    public Options {
      Check.atLeast("fineChannels", fineChannels, 0);
      Check.atLeast("channels", channels, 0);
      Check.that(
          dropout >= 0 && dropout < 1,
          "dropout is " + dropout + "; it must be 0 or more and less than 1");
      // Where no map is joined, none is chosen.
      map = fineChannels == 0 ? 0 : map;
    }
  }

  @Override
  public String name() {
    return "deeplabv3plus";
  }

  @Override
  public String summary() {
    return "Joins context to a finer map and refines both, to bring edges back.";
  }

  @Override
  public Paper paper() {
    return Paper.arxiv(
        "Encoder-Decoder with Atrous Separable Convolution for Semantic Image Segmentation",
        "Chen et al.",
        "ECCV 2018",
        "1802.02611");
  }

  @Override
  public Options defaults() {
    return new Options(0, 48, 0, 0.1, false);
  }

  @Override
  public String example() {
    return "resnet50(stride=8) | auxiliary | aspp(rates=[12, 24, 36], separable=true)"
        + " | deeplabv3plus";
  }

  @Override
  public Map<String, String> presets() {
    Map<String, String> presets = new LinkedHashMap<>();
    String aspp = " | auxiliary | aspp(rates=[12, 24, 36], separable=true, channels=";
    for (int depth : new int[] {18, 50, 101}) {
      String head =
          aspp + (depth == 18 ? "128) | deeplabv3plus(fineChannels=12)" : "512) | deeplabv3plus");
      presets.put("deeplabv3plus_r" + depth + "-d8", "resnet" + depth + "(stride=8)" + head);
      presets.put(
          "deeplabv3plus_r" + depth + "b-d8", "resnet" + depth + "(stride=8, stem=plain)" + head);
    }
    presets.put(
        "deeplabv3plus_r101-d16-mg124",
        "resnet101(stride=16, multiGrid=[1, 2, 4]) | auxiliary"
            + " | aspp(separable=true, channels=512) | deeplabv3plus");
    return presets;
  }

  @Override
  public List<Reference<Options>> references() {
    return DeepLabV3PlusReferences.all();
  }

  @Override
  public Tensor build(Options options, Features input, Scope scope) {
    Tensor context = input.last();
    int channels = options.channels == 0 ? context.channels() : options.channels;
    Tensor x = options.fineChannels == 0 ? context : joined(options, input, scope);
    for (int i = 0; i < 2; i++) {
      x = scope.separableConvNormRelu("sep_bottleneck." + i, x, channels, Window.of(3));
    }
    return scope.classify("conv_seg", x, input.classes(), options.dropout);
  }

  private static Tensor joined(Options options, Features input, Scope scope) {
    Tensor fine =
        scope.convNormRelu("c1_bottleneck", input.map(options.map), options.fineChannels, 1);
    return Tensor.concat(input.last().resizeTo(fine, options.alignCorners), fine);
  }

  @Override
  public Tensor upsample(Options options, Tensor logits, Features input, Scope scope) {
    return logits.resizeTo(input.image(), options.alignCorners);
  }
}
