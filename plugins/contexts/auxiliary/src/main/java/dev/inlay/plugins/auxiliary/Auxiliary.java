package dev.inlay.plugins.auxiliary;

import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;

/**
 * Deep supervision: in training, a small head classifies the pixels of an earlier map, with its own
 * loss (PSPNet, section 3.3, figure 4).
 *
 * <p>Features pass through unchanged. The supervised map (B,C,h,w) becomes logits (B,K,h,w), a side
 * output that inference does not compute. The weight of 0.4 is the paper's; the head is
 * mmsegmentation's: 3x3 convolutions to a quarter of the channels, then the classifier.
 */
@Named(
    value = "auxiliary",
    says = "Supervises an earlier map through a small head that only training has.")
@Cites(
    arxiv = "1612.01105",
    title = "Pyramid Scene Parsing Network",
    authors = "Zhao et al.",
    venue = "CVPR 2017")
public final class Auxiliary implements ContextModule<Auxiliary.Options> {

  public record Options(
      @Option(
              value = "which map is supervised, counted from 0; negative counts from the last",
              is = "-2")
          int map,
      @Option(value = "channels inside the head; 0 is a quarter of the map's", is = "0", least = 0)
          int channels,
      @Option(value = "number of 3x3 convolutions before the classifier", is = "1", least = 0)
          int convs,
      @Option(value = "dilation of these convolutions", is = "1", least = 1) int dilation,
      @Option(value = "weight of this head's loss", is = "0.4", least = 0) double weight,
      @Option(
              value = "dropout probability of channels before the classifier",
              is = "0.1",
              least = 0,
              below = 1)
          double dropout) {

    public Options {
      // Canonical form: without convolutions, their options take the defaults.
      channels = convs == 0 ? 0 : channels;
      dilation = convs == 0 ? 1 : dilation;
    }
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
