package dev.inlay.plugins.ppm;

import dev.inlay.Check;
import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.Option;
import dev.inlay.Paper;
import dev.inlay.Reference;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The pyramid pooling module of PSPNet: the map beside means of it over coarse and fine grids
 * (section 3.2, figure 3).
 *
 * <p>The last map (B,C,H,W) becomes (B,C/N,H,W) with N grids. As in the paper, each grid is reduced
 * to C/N channels and so is the result; mmsegmentation states the number, 512 for C = 2048 and 128
 * for C = 512, which is the same with the paper's four grids.
 */
public final class Ppm implements ContextModule<Ppm.Options> {

  /** The options; see each one's meaning. */
  public record Options(
      @Option("rows and columns of each pooled grid") List<Integer> bins,
      @Option("channels of each grid and of the result; 0 divides the map's by the number of grids")
          int channels,
      @Option("whether grids are resized with the corner pixels' centres aligned")
          boolean alignCorners) {

    public Options {
      Check.eachAtLeast("bins", bins, 1);
      Check.atLeast("channels", channels, 0);
      bins = List.copyOf(bins);
    }
  }

  @Override
  public String name() {
    return "ppm";
  }

  @Override
  public String summary() {
    return "Pyramid pooling: the map beside its means over grids from coarse to fine.";
  }

  @Override
  public Paper paper() {
    return Paper.arxiv("Pyramid Scene Parsing Network", "Zhao et al.", "CVPR 2017", "1612.01105");
  }

  @Override
  public Options defaults() {
    return new Options(List.of(1, 2, 3, 6), 0, false);
  }

  @Override
  public String example() {
    return "resnet50(stride=8) | auxiliary | ppm | fcn";
  }

  @Override
  public Map<String, String> presets() {
    Map<String, String> presets = new LinkedHashMap<>();
    String head = " | auxiliary | ppm | fcn";
    for (int depth : new int[] {18, 50, 101}) {
      presets.put("pspnet_r" + depth + "-d8", "resnet" + depth + "(stride=8)" + head);
      presets.put("pspnet_r" + depth + "b-d8", "resnet" + depth + "(stride=8, stem=plain)" + head);
    }
    String strided = "resnet50(stride=32, dilations=[1, 1, 2, 4]";
    presets.put("pspnet_r50-d32", strided + ")" + head);
    presets.put("pspnet_r50b-d32", strided + ", stem=plain)" + head);
    return presets;
  }

  @Override
  public List<Reference<Options>> references() {
    return PpmReferences.all();
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    Tensor x = input.last();
    int levels = options.bins.size();
    int channels = options.channels == 0 ? Math.max(1, x.channels() / levels) : options.channels;
    List<Tensor> pyramid = new ArrayList<>(List.of(x));
    for (int i = 0; i < levels; i++) {
      int bins = options.bins.get(i);
      Tensor grid = x.adaptiveAvgPool(bins, bins);
      grid = scope.at("psp_modules", i).convNormRelu("1", grid, channels, 1);
      pyramid.add(grid.resizeTo(x, options.alignCorners));
    }
    return input.withLast(scope.convNormRelu("bottleneck", Tensor.concat(pyramid), channels, 3));
  }
}
