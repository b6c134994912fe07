package dev.inlay.plugins.pafem;

import dev.inlay.Check;
import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.Init;
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
 * PAFEM, pyramidally attended feature extraction: atrous spatial pyramid pooling in which every
 * pixel of a dilated branch attends to all pixels of that branch.
 *
 * <p>The last map (B,C,H,W) becomes (B,C/4,H,W). The branches have half of these channels: a 1x1
 * convolution, dilated 3x3 convolutions with position attention, and the mean of the map. Queries
 * and keys have an eighth of a branch's channels, and their products are not scaled. Names and
 * layers are those of the authors' code, where convolutions have a bias although a norm follows,
 * and rectifiers have one learned slope.
 *
 * <p>The authors detect salient objects at rates of 2, 4 and 6; the default rates suit the map of a
 * segmentation network at stride 8.
 */
@Named(
    value = "pafem",
    says = "Atrous spatial pyramid pooling whose dilated branches attend to all pixels.")
@Cites(
    arxiv = "2007.06811",
    title = "A Single Stream Network for Robust and Real-time RGB-D Salient Object Detection",
    authors = "Zhao et al.",
    venue = "ECCV 2020")
public final class Pafem implements ContextModule<Pafem.Options> {

  public record Options(
      @Option(
              value =
                  "channels of the result, twice those of a branch; 0 is a quarter of the map's",
              is = "0",
              least = 0)
          int channels,
      @Option(
              value =
                  "dilation of each branch; a first rate of 1 is a 1x1 convolution without attention",
              is = "[1, 12, 24, 36]",
              least = 1)
          List<Integer> rates) {

    public Options {
      Check.that(
          channels != 1,
          "channels is 1, and half of it is 0; set channels to 2 or more, or to 0 for a quarter of"
              + " the map's.");
    }
  }

  @Override
  public Map<String, Part<Options>> parts() {
    return Map.of("module", (options, x, scope) -> List.of(module(options, x.last(), scope)));
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    return input.withLast(module(options, input.last(), scope.at("pafem")));
  }

  /** The module with the boundaries of the authors' class: (B,C,H,W) to (B,channels,H,W). */
  private static Tensor module(Options options, Tensor map, Scope scope) {
    int channels = options.channels == 0 ? Math.max(2, map.channels() / 4) : options.channels;
    int width = channels / 2;
    Tensor x = convNormPrelu("down_conv", map, channels, Window.of(3), scope);
    List<Tensor> branches = new ArrayList<>();
    for (int rate : options.rates) {
      int number = branches.size() + 1;
      boolean isPoint = number == 1 && rate == 1;
      Window window = isPoint ? Window.of(1) : Window.of(3).dilation(rate);
      Tensor branch = convNormPrelu("conv" + number, x, width, window, scope);
      branches.add(isPoint ? branch : attended(branch, number, scope));
    }
    String last = "conv" + (branches.size() + 1);
    Tensor mean = convNormPrelu(last, x.mean(2, 3), width, Window.of(1), scope);
    branches.add(mean.resizeTo(x, false));
    return convNormPrelu("fuse", Tensor.concat(branches), channels, Window.of(1), scope);
  }

  /** Position attention in a branch (B,C,H,W), as DANet's (Fu et al., CVPR 2019, section 3.2). */
  private static Tensor attended(Tensor x, int number, Scope scope) {
    int keys = Math.max(1, x.channels() / 8);
    Tensor query = scope.convBias("query_conv" + number, x, keys, 1).flat().permute(0, 2, 1);
    Tensor key = scope.convBias("key_conv" + number, x, keys, 1).flat();
    Tensor value = scope.convBias("value_conv" + number, x, x.channels(), 1).flat();
    Tensor gathered = query.matmul(key).softmax(2).matmul(value.permute(0, 2, 1)).permute(0, 2, 1);
    Tensor map = gathered.reshape(x.batch(), x.channels(), x.height(), x.width());
    return map.times(scope.parameter("gamma" + number, Init.ZERO, 1)).plus(x);
  }

  /** A convolution with bias, a norm and a rectifier with one learned slope. */
  private static Tensor convNormPrelu(
      String name, Tensor x, int channels, Window window, Scope scope) {
    Scope s = scope.at(name);
    Tensor slope = s.at("2").parameter("weight", Init.constant(0.25), 1);
    return s.norm("1", s.convBias("0", x, channels, window)).prelu(slope);
  }
}
