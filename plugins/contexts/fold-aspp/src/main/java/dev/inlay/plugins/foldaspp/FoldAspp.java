package dev.inlay.plugins.foldaspp;

import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Part;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * GateNet's Fold-ASPP: atrous spatial pyramid pooling in which a tap is a whole window of pixels.
 * The pixels of each window are folded into the channels of one pixel, dilated convolutions run on
 * the folded map, and the result is unfolded.
 *
 * <p>The last map (B,C,H,W) becomes (B,C/4,H,W). The map is first filled with zeros on the right
 * and below to whole windows; the result is cut. Names and layers are those of the authors' code,
 * where convolutions have a bias although a norm follows, and rectifiers have one learned slope.
 * The authors detect salient objects at rates of 2, 4 and 6; the default rates suit the map of a
 * segmentation network at stride 8. They act on the folded map, so that with windows of 2 pixels
 * they reach twice as far.
 *
 * <p>{@code gate=true} adds the {@link GateUnit} of the paper's top level, with its convolution.
 */
@Named(
    value = "fold-aspp",
    says = "Atrous spatial pyramid pooling on a map whose windows are folded into channels.")
@Cites(
    arxiv = "2007.08074",
    title = "Suppress and Balance: A Simple Gated Network for Salient Object Detection",
    authors = "Zhao et al.",
    venue = "ECCV 2020")
public final class FoldAspp implements ContextModule<FoldAspp.Options> {

  public record Options(
      @Option(value = "channels of the result; 0 is a quarter of the map's", is = "0", least = 0)
          int channels,
      @Option(
              value =
                  "dilation of each branch on the folded map; a first rate of 1 is a 1x1 convolution",
              is = "[1, 12, 24, 36]",
              least = 1)
          List<Integer> rates,
      @Option(
              value = "rows and columns of the windows that are folded; 1 folds nothing",
              is = "2",
              least = 1)
          int window,
      @Option(value = "whether GateNet's gate unit weights the result", is = "false")
          boolean gate) {}

  @Override
  public Map<String, Part<Options>> parts() {
    return Map.of(
        "module",
        (options, x, scope) -> List.of(module(options, x.last(), scope)),
        "gate",
        new GateUnit.Level());
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    Tensor map = input.last();
    Tensor context = module(options, map, scope.at("fold_aspp"));
    context = Layers.prelu("act", scope.norm("norm", context), scope);
    if (!options.gate) {
      return input.withLast(context);
    }
    int channels = context.channels();
    List<Integer> widths = List.of(channels, Math.max(1, channels / 4));
    Tensor gates = GateUnit.gates("gate", map, context, widths, scope);
    Tensor gated = context.times(gates.slice(1, 0, 1));
    return input.withLast(Layers.convNormPrelu("gated", gated, channels, Window.of(3), scope));
  }

  /** The module with the boundaries of the authors' class: (B,C,H,W) to (B,channels,H,W). */
  private static Tensor module(Options options, Tensor map, Scope scope) {
    int channels = options.channels == 0 ? Math.max(1, map.channels() / 4) : options.channels;
    Tensor x = Layers.convNormPrelu("down_conv", map, channels, Window.of(3), scope);
    x = filled(x, options.window).pixelUnshuffle(options.window);
    int width = Math.max(1, x.channels() / 2);
    List<Tensor> branches = new ArrayList<>();
    for (int rate : options.rates) {
      boolean isPoint = branches.isEmpty() && rate == 1;
      Window window = isPoint ? Window.of(1) : Window.of(3).dilation(rate);
      String name = "conv" + (branches.size() + 1);
      branches.add(Layers.convNormPrelu(name, x, width, window, scope));
    }
    String last = "conv" + (branches.size() + 1);
    Tensor mean = Layers.convNormPrelu(last, x.mean(2, 3), width, Window.of(1), scope);
    branches.add(mean.resizeTo(x, false));
    Tensor joined = Tensor.concat(branches);
    joined = Layers.convNormPrelu("fuse", joined, x.channels(), Window.of(1), scope);
    Tensor unfolded = scope.convBias("up_conv", joined.pixelShuffle(options.window), channels, 1);
    Dim zero = Dim.of(0);
    return unfolded.slice(2, zero, map.height()).slice(3, zero, map.width());
  }

  /** The map with zeros on the right and below, to whole windows. */
  private static Tensor filled(Tensor x, int window) {
    Dim zero = Dim.of(0);
    Dim right = x.width().ceilDiv(window).times(window).minus(x.width());
    Dim below = x.height().ceilDiv(window).times(window).minus(x.height());
    return x.pad(zero, right, zero, below);
  }
}
