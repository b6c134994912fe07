package dev.inlay.plugins.spnet;

import dev.inlay.Backbone;
import dev.inlay.Check;
import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.Option;
import dev.inlay.Paper;
import dev.inlay.Reference;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import dev.inlay.plugins.resnet.ResNet;
import dev.inlay.plugins.resnet.ResidualStages;
import java.util.List;
import java.util.Map;

/**
 * SPNet's backbone: a residual network whose blocks weigh their middle map by strips of it, so that
 * a pixel sees its whole row and column (section 3.1, figure 2).
 *
 * <p>Image (B,3,H,W) to four maps as {@link ResNet} with bottlenecks makes them, (B,32w,H/8,W/8)
 * the last. Strip pooling stands after the 3x3 convolution of the last block of each stage and of
 * every block of the last (section 3.3). The options are those of the residual network that the
 * authors' code has: a stem of 128 channels and, in the last stage, dilations of 4, 8 and 16.
 */
public final class SpNet implements Backbone<SpNet.Options> {

  /** The options; see each one's meaning. */
  public record Options(
      @Option("layers: 50, 101 or 152") int depth,
      @Option("image pixels to one pixel of the last map: 8, 16 or 32") int stride,
      @Option("channels of the first stage's 3x3 convolutions; each further stage doubles them")
          int width,
      @Option("channels that the stem makes; 0 makes twice as many as width") int stemChannels,
      @Option("dilation of each of the three blocks of the last stage; [] follows from stride")
          List<Integer> multiGrid) {

    public Options {
      Check.oneOf("depth", depth, 50, 101, 152);
      multiGrid = List.copyOf(multiGrid);
      residual(depth, stride, width, stemChannels, multiGrid);
      stemChannels = stemChannels == 2 * width ? 0 : stemChannels;
    }

    private ResNet.Options residual() {
      return residual(depth, stride, width, stemChannels, multiGrid);
    }

    private static ResNet.Options residual(
        int depth, int stride, int width, int stemChannels, List<Integer> multiGrid) {
      return new ResNet.Options(
          depth,
          stride,
          ResNet.Stem.V1C,
          width,
          stemChannels == 0 ? 2 * width : stemChannels,
          ResNet.Style.PYTORCH,
          true,
          List.of(),
          multiGrid,
          List.of(),
          false);
    }
  }

  @Override
  public String name() {
    return "spnet";
  }

  @Override
  public String summary() {
    return "Residual network whose blocks weigh their maps by pooled rows and columns.";
  }

  @Override
  public Paper paper() {
    return Paper.arxiv(
        "Strip Pooling: Rethinking Spatial Pooling for Scene Parsing",
        "Hou et al.",
        "CVPR 2020",
        "2003.13328");
  }

  @Override
  public Options defaults() {
    return new Options(50, 8, 64, 0, List.of(4, 8, 16));
  }

  @Override
  public String example() {
    return "spnet(depth=50) | auxiliary | strip-pooling | fcn(alignCorners=true)";
  }

  @Override
  public Map<String, String> presets() {
    return Map.of(
        "spnet_r50-d8",
        "spnet(depth=50) | auxiliary | strip-pooling | fcn(alignCorners=true)",
        "spnet_r101-d8",
        "spnet(depth=101) | auxiliary | strip-pooling | fcn(alignCorners=true)");
  }

  @Override
  public List<Reference<Options>> references() {
    return SpNetReferences.all();
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    return new ResidualStages(options.residual(), SpNet::gate).build(input, scope);
  }

  /** Weighs a block's middle map where the authors pool strips. */
  static Tensor gate(Tensor middle, ResidualStages.Place place, Scope block) {
    boolean pools = place.isLast() || place.stage() == 3;
    return pools ? middle.mul(strips(middle, middle.channels(), block.at("spm"))) : middle;
  }

  /** The strip pooling module: weights from 0 to 1 (B,C,H,W) for each value of a map. */
  static Tensor strips(Tensor x, int channels, Scope s) {
    Tensor rows = x.adaptiveAvgPool(x.height(), Dim.of(1));
    rows = s.norm("bn1", s.conv("conv1", rows, channels, Window.of(3, 1)));
    Tensor columns = x.adaptiveAvgPool(Dim.of(1), x.width());
    columns = s.norm("bn2", s.conv("conv2", columns, channels, Window.of(1, 3)));
    return s.convBias("conv3", rows.add(columns).relu(), channels, 1).sigmoid();
  }
}
