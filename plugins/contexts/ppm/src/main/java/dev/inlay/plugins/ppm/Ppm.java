package dev.inlay.plugins.ppm;

import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * PSPNet's pyramid pooling module: the map is joined with its means over grids from coarse to fine
 * (section 3.2, figure 3).
 *
 * <p>The last map (B,C,H,W) becomes (B,C/N,H,W) with N grids. As in the paper, each grid and the
 * result have C/N channels; mmsegmentation's 512 for C = 2048 and 128 for C = 512 are the same
 * numbers for the paper's four grids.
 */
@Named(
    value = "ppm",
    says = "Pyramid pooling: the map beside its means over grids from coarse to fine.")
@Cites(
    arxiv = "1612.01105",
    title = "Pyramid Scene Parsing Network",
    authors = "Zhao et al.",
    venue = "CVPR 2017")
public final class Ppm implements ContextModule<Ppm.Options> {

  public record Options(
      @Option(value = "rows and columns of each pooled grid", is = "[1, 2, 3, 6]", least = 1)
          List<Integer> bins,
      @Option(
              value =
                  "channels of each grid and of the result; 0 divides the map's by the number of"
                      + " grids",
              is = "0",
              least = 0)
          int channels,
      @Option(
              value = "whether grids are resized with the corner pixels' centres aligned",
              is = "false")
          boolean alignCorners) {}

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
