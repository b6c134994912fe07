package dev.inlay.plugins.auxiliary;

import dev.inlay.Check;
import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.Option;
import dev.inlay.Paper;
import dev.inlay.Reference;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.List;

/**
 * Deep supervision: while training, an earlier map has to tell the classes apart too, through a
 * small head of its own (section 3.3 of PSPNet's paper, figure 4).
 *
 * <p>Features pass through unchanged. The chosen map (B,C,h,w) makes logits (B,K,h,w), which the
 * inference program does not contain. The weight of 0.4 is the paper's; the head is
 * mmsegmentation's: 3x3 convolutions to a quarter of the channels, then the classifier.
 */
public final class Auxiliary implements ContextModule<Auxiliary.Options> {

  /** The options; see each one's meaning. */
  public record Options(
      @Option("which map is supervised, counted from 0; negative counts from the last") int map,
      @Option("channels inside the head; 0 is a quarter of the map's") int channels,
      @Option("how many 3x3 convolutions come before the classifier") int convs,
      @Option("distance between the taps of these convolutions") int dilation,
      @Option("factor of this head's loss in the sum") double weight,
      @Option("probability that a channel is dropped before the classifier") double dropout) {

    public Options {
      Check.atLeast("channels", channels, 0);
      Check.atLeast("convs", convs, 0);
      Check.atLeast("dilation", dilation, 1);
      Check.notNegative("weight", weight);
      Check.that(
          dropout >= 0 && dropout < 1,
          "dropout is " + dropout + "; it must be 0 or more and less than 1");
      // Without convolutions, nothing reads what they are like.
      channels = convs == 0 ? 0 : channels;
      dilation = convs == 0 ? 1 : dilation;
    }
  }

  @Override
  public String name() {
    return "auxiliary";
  }

  @Override
  public String summary() {
    return "Supervises an earlier map through a small head that only training has.";
  }

  @Override
  public Paper paper() {
    return Paper.arxiv("Pyramid Scene Parsing Network", "Zhao et al.", "CVPR 2017", "1612.01105");
  }

  @Override
  public Options defaults() {
    return new Options(-2, 0, 1, 1, 0.4, 0.1);
  }

  @Override
  public String example() {
    return "resnet50(stride=8) | auxiliary(weight=0.4) | ppm | fcn";
  }

  @Override
  public List<Reference<Options>> references() {
    return AuxiliaryReferences.all();
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    Tensor x = input.map(options.map);
    int channels = options.channels == 0 ? Math.max(1, x.channels() / 4) : options.channels;
    Window window = Window.of(3).dilation(options.dilation);
    for (int i = 0; i < options.convs; i++) {
      x = scope.convNormRelu("convs." + i, x, channels, window);
    }
    Tensor logits = scope.classify("conv_seg", x, input.classes(), options.dropout);
    return input.withSide("auxiliary", logits, options.weight);
  }
}
