package dev.inlay.plugins.strippooling;

import dev.inlay.Check;
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
import java.util.List;
import java.util.Map;

/**
 * SPNet's head: two mixed pooling modules with short-range context from two pooled grids and
 * long-range context from pooled rows and columns (section 3.2, figure 3).
 *
 * <p>The last map (B,C,H,W) becomes (B,C/4,H,W), through C/2 channels inside. The paper's
 * classifier is left to the decoder. Grids and aligned corners are those of the authors' code; the
 * grids are 20x20 and 12x12 even on smaller maps.
 */
@Named(
    value = "strip-pooling",
    says = "Mixed pooling: context from two pooled grids and from pooled rows and columns.")
@Cites(
    arxiv = "2003.13328",
    title = "Strip Pooling: Rethinking Spatial Pooling for Scene Parsing",
    authors = "Hou et al.",
    venue = "CVPR 2020")
public final class StripPooling implements ContextModule<StripPooling.Options> {

  public record Options(
      @Option(
              value = "channels inside; the result has half as many; 0 is half of the map's",
              is = "0")
          int channels,
      @Option(
              value = "rows and columns of the coarser and the finer of the two pooled grids",
              is = "[20, 12]",
              size = 2,
              least = 1)
          List<Integer> bins,
      @Option(
              value = "whether pooled maps are resized with the corner pixels' centres aligned",
              is = "true")
          boolean alignCorners) {

    public Options {
      Check.that(
          channels == 0 || channels >= 4,
          "channels is %d; it must be 4 or more, or 0 for half of the map's.",
          channels);
    }
  }

  @Override
  public Map<String, Part<Options>> parts() {
    return Map.of(
        "mixedPooling", (options, x, scope) -> List.of(mixedPooling(options, x.last(), scope)));
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    Tensor x = input.last();
    int channels = options.channels == 0 ? x.channels() / 2 : options.channels;
    Check.that(
        channels >= 4,
        "half of the map's %d channels is too few; set channels to 4 or more",
        x.channels());
    x = scope.convNormReluSequence("trans_layer", x, channels, 1);
    x = mixedPooling(options, x, scope.at("strip_pool1"));
    x = mixedPooling(options, x, scope.at("strip_pool2"));
    return input.withLast(scope.convNormReluSequence("score_layer", x, channels / 2, 3));
  }

  /** The mixed pooling module: (B,C,H,W) to (B,C,H,W). */
  static Tensor mixedPooling(Options options, Tensor x, Scope s) {
    int c = x.channels() / 4;
    int coarse = options.bins.get(0);
    int fine = options.bins.get(1);
    boolean align = options.alignCorners;

    Tensor near = s.convNormReluSequence("conv1_1", x, c, 1);
    Tensor grid1 =
        s.convNormSequence("conv2_1", near.adaptiveAvgPool(coarse, coarse), c, Window.of(3));
    Tensor grid2 = s.convNormSequence("conv2_2", near.adaptiveAvgPool(fine, fine), c, Window.of(3));
    Tensor nearby =
        s.convNormSequence("conv2_0", near, c, Window.of(3))
            .plus(grid1.resizeTo(x, align))
            .plus(grid2.resizeTo(x, align))
            .relu();
    nearby = s.convNormReluSequence("conv2_5", nearby, c, 3);

    Tensor far = s.convNormReluSequence("conv1_2", x, c, 1);
    Tensor columns = far.adaptiveAvgPool(Dim.of(1), far.width());
    Tensor rows = far.adaptiveAvgPool(far.height(), Dim.of(1));
    columns = s.convNormSequence("conv2_3", columns, c, Window.of(1, 3)).resizeTo(x, align);
    rows = s.convNormSequence("conv2_4", rows, c, Window.of(3, 1)).resizeTo(x, align);
    Tensor along = s.convNormReluSequence("conv2_6", rows.plus(columns).relu(), c, 3);

    Tensor joined = Tensor.concat(nearby, along);
    return x.plus(s.convNormSequence("conv3", joined, x.channels(), Window.of(1))).relu();
  }
}
