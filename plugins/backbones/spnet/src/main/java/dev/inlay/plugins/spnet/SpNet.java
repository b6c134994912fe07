package dev.inlay.plugins.spnet;

import dev.inlay.Backbone;
import dev.inlay.Check;
import dev.inlay.Cites;
import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Part;
import dev.inlay.Scope;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import dev.inlay.Window;
import dev.inlay.plugins.resnet.ResNet;
import dev.inlay.plugins.resnet.ResidualStages;
import java.util.List;
import java.util.Map;

/**
 * SPNet's backbone: a residual network with strip pooling in its blocks. Strip pooling weights the
 * block's middle map by its pooled rows and columns (section 3.1, figure 2).
 *
 * <p>The image (B,3,H,W) becomes the four maps of {@link ResNet} with bottlenecks; the last is
 * (B,32w,H/8,W/8). Strip pooling follows the 3x3 convolution of the last block of each stage, and
 * of every block of the last stage (section 3.3). The defaults are those of the authors' code: a
 * stem of 128 channels and dilations of 4, 8 and 16 in the last stage.
 */
@Named(
    value = "spnet",
    says = "Residual network whose blocks weigh their maps by pooled rows and columns.")
@Cites(
    arxiv = "2003.13328",
    title = "Strip Pooling: Rethinking Spatial Pooling for Scene Parsing",
    authors = "Hou et al.",
    venue = "CVPR 2020")
public final class SpNet implements Backbone<SpNet.Options> {

  /** The number of blocks of the last stage, equal for every depth. */
  private static final int BLOCKS = 3;

  public record Options(
      @Option(
              value = "layers: 50, 101 or 152",
              is = "50",
              oneOf = {50, 101, 152})
          int depth,
      @Option(
              value = "stride of the last map: 8, 16 or 32",
              is = "8",
              oneOf = {8, 16, 32})
          int stride,
      @Option(
              value =
                  "channels of the first stage's 3x3 convolutions; each further stage doubles them",
              is = "64",
              least = 2)
          int width,
      @Option(value = "output channels of the stem; 0 is twice the width", is = "0")
          int stemChannels,
      @Option(
              value =
                  "dilation of each of the three blocks of the last stage; [] follows from stride",
              is = "[4, 8, 16]",
              least = 1,
              empty = true)
          List<Integer> multiGrid) {

    public Options {
      Check.that(
          stemChannels == 0 || stemChannels >= 2,
          "stemChannels is %d; it must be 2 or more, or 0 for twice as many as width.",
          stemChannels);
      Check.that(
          multiGrid.isEmpty() || multiGrid.size() >= BLOCKS,
          "multiGrid is %s; it must name %d values, one for each of the %d blocks of the last"
              + " stage.",
          multiGrid,
          BLOCKS,
          BLOCKS);
      stemChannels = stemChannels == 2 * width ? 0 : stemChannels;
    }

    private ResNet.Options residual() {
      return Technique.options(
          ResNet.class,
          "depth=%d, stride=%d, width=%d, stemChannels=%d, multiGrid=%s",
          depth,
          stride,
          width,
          stemChannels == 0 ? 2 * width : stemChannels,
          multiGrid);
    }
  }

  @Override
  public Map<String, Part<Options>> parts() {
    return Map.of(
        "strips",
        (options, x, scope) -> List.of(strips(x.last(), options.width(), scope)),
        "block",
        SpNetParts::block);
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    return new ResidualStages(options.residual(), SpNet::gate).build(input, scope);
  }

  /** Applies strip pooling to the middle map of the blocks that have it. */
  static Tensor gate(Tensor middle, ResidualStages.Place place, Scope block) {
    boolean pools = place.isLast() || place.stage() == 3;
    return pools ? middle.times(strips(middle, middle.channels(), block.at("spm"))) : middle;
  }

  /** The strip pooling module: the weights (B,C,H,W), from 0 to 1, of a map's values. */
  static Tensor strips(Tensor x, int channels, Scope s) {
    Tensor rows = x.adaptiveAvgPool(x.height(), Dim.of(1));
    rows = s.norm("bn1", s.conv("conv1", rows, channels, Window.of(3, 1)));
    Tensor columns = x.adaptiveAvgPool(Dim.of(1), x.width());
    columns = s.norm("bn2", s.conv("conv2", columns, channels, Window.of(1, 3)));
    return s.convBias("conv3", rows.plus(columns).relu(), channels, 1).sigmoid();
  }
}
