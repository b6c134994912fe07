package dev.inlay.plugins.resnet;

import dev.inlay.Backbone;
import dev.inlay.Check;
import dev.inlay.Cites;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Part;
import dev.inlay.Scope;
import dev.inlay.Smoothing;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Residual networks: blocks learn what to add to their input (equation 1), in four stages whose
 * widths double (table 1).
 *
 * <p>The image (B,3,H,W) becomes four maps with strides 4, 8, 16, 32: (B,w,H/4,W/4) to
 * (B,8w,H/32,W/32) at depths 18 and 34, with four times as many channels at depths of 50 and more.
 * The paper's network classifies at stride 32. For segmentation the default is stride 8, as in
 * mmsegmentation's {@code d8} models: the last two stages use dilation instead of stride (Yu et
 * al., Dilated Residual Networks, CVPR 2017).
 *
 * <p>Differences from the paper, all mmsegmentation's: the stem is three 3x3 convolutions (V1c;
 * {@code stem=plain} is the paper's 7x7), and the stride of a bottleneck is on its 3x3 convolution
 * ({@code style=caffe} is the paper's, on the first 1x1). Unlike mmsegmentation, which initialises
 * the last norm of each block with 0, Inlay uses 1: it learns faster in short runs from scratch and
 * does not affect loaded weights.
 */
@Named(
    value = "resnet",
    says = "Residual network: four stages of blocks that learn what to add to their input.")
@Cites(
    arxiv = "1512.03385",
    title = "Deep Residual Learning for Image Recognition",
    authors = "He et al.",
    venue = "CVPR 2016")
public final class ResNet implements Backbone<ResNet.Options> {

  /** The stem: the layers from the image to stride 2. */
  public enum Stem {
    /** One 7x7 convolution: the paper's. */
    PLAIN,
    /** Three 3x3 convolutions. */
    V1C,
    /** Three 3x3 convolutions, and shortcuts that average before they project. */
    V1D
  }

  /** The convolution of a bottleneck that has the stride. */
  public enum Style {
    /** On the 3x3 convolution. */
    PYTORCH,
    /** On the first 1x1 convolution: the paper's. */
    CAFFE
  }

  public record Options(
      @Option(
              value = "layers: 18, 34, 50, 101 or 152",
              is = "50",
              oneOf = {18, 34, 50, 101, 152})
          int depth,
      @Option(
              value = "stride of the last map: 8, 16 or 32; below 32, stages dilate instead",
              is = "8",
              oneOf = {8, 16, 32})
          int stride,
      @Option(
              value =
                  "first layers: plain (one 7x7), v1c (three 3x3) or v1d (v1c with averaging"
                      + " shortcuts)",
              is = "v1c")
          Stem stem,
      @Option(
              value =
                  "channels of the first stage's 3x3 convolutions; each further stage doubles them",
              is = "64",
              least = 2)
          int width,
      @Option(value = "output channels of the stem; 0 is the width", is = "0") int stemChannels,
      @Option(
              value =
                  "convolution of a bottleneck with the stride: pytorch (3x3) or caffe (first 1x1)",
              is = "pytorch")
          Style style,
      @Option(
              value = "whether the first block of a dilated stage has half the stage's dilation",
              is = "true")
          boolean contractDilation,
      @Option(
              value = "dilation of each stage; [] follows from the strides",
              is = "[]",
              least = 1,
              empty = true)
          List<Integer> dilations,
      @Option(
              value =
                  "dilation of each block of the last stage, instead of the stage's; [] is the"
                      + " stage's",
              is = "[]",
              least = 1,
              empty = true)
          List<Integer> multiGrid,
      @Option(
              value =
                  "stride of each stage's first block, for one to four stages; [] follows from"
                      + " stride",
              is = "[]",
              least = 1,
              empty = true)
          List<Integer> strides,
      @Option(
              value = "whether shortcuts average before they project, as those of v1d do",
              is = "false")
          boolean averaging,
      @Option(
              value =
                  "smoothing of dilated convolutions against gridding: none, separable-and-shared or"
                      + " group-interaction",
              is = "none")
          Smoothing smoothing) {

    public Options {
      Check.that(
          stemChannels == 0 || stemChannels >= 2,
          "stemChannels is %d; it must be 2 or more, or 0 for as many as width.",
          stemChannels);
      Check.that(
          strides.size() <= 4,
          "strides is %s; it must name at most 4 values, one for each stage.",
          strides);
      int stages = strides.isEmpty() ? 4 : strides.size();
      checkParts("dilations", dilations, dilations.size() == stages, stages, "stages");
      int blocks = blocks(depth, stages - 1);
      // mmsegmentation reads as many as there are blocks.
      checkParts(
          "multiGrid", multiGrid, multiGrid.size() >= blocks, blocks, "blocks of the last stage");

      // Canonical form: options without effect take their default.
      stemChannels = stemChannels == width ? 0 : stemChannels;
      averaging &= stem != Stem.V1D;
      if (averaging && stem == Stem.V1C) {
        stem = Stem.V1D;
        averaging = false;
      }
      style = depth < 50 ? Style.PYTORCH : style;
      stride = strides.isEmpty() ? stride : Strides.nearest(strides);
      strides = strides.equals(Strides.of(stride)) ? List.of() : strides;
      List<Integer> steps = strides.isEmpty() ? Strides.of(stride) : strides;
      dilations = dilations.equals(Strides.dilations(steps)) ? List.of() : dilations;
      List<Integer> spread = dilations.isEmpty() ? Strides.dilations(steps) : dilations;
      int last = spread.get(stages - 1);
      multiGrid = multiGrid.isEmpty() ? multiGrid : multiGrid.subList(0, blocks);
      multiGrid =
          multiGrid.equals(Strides.grid(last, blocks, contractDilation)) ? List.of() : multiGrid;
      int contracted = multiGrid.isEmpty() ? stages : stages - 1;
      contractDilation |= spread.subList(0, contracted).stream().allMatch(each -> each == 1);
      boolean dilates =
          Stream.concat(spread.subList(0, contracted).stream(), multiGrid.stream())
              .anyMatch(each -> each > 1);
      smoothing = dilates ? smoothing : Smoothing.NONE;
    }

    private static void checkParts(
        String name, List<Integer> values, boolean suffices, int parts, String of) {
      Check.that(
          values.isEmpty() || suffices,
          "%s is %s; it must name %d values, one for each of the %d %s.",
          name,
          values,
          parts,
          parts,
          of);
    }

    /** The number of stages. */
    int stages() {
      return strides.isEmpty() ? 4 : strides.size();
    }

    /** Whether shortcuts use average pooling before the 1x1 convolution. */
    boolean averages() {
      return averaging || stem == Stem.V1D;
    }

    /** Whether blocks are 1x1, 3x3, 1x1 convolutions; two 3x3 convolutions otherwise. */
    boolean hasBottlenecks() {
      return depth >= 50;
    }

    /** The number of blocks of a stage; stages count from 0. */
    int blocks(int stage) {
      return blocks(depth, stage);
    }

    private static int blocks(int depth, int stage) {
      return switch (stage) {
        case 0 -> depth == 18 ? 2 : 3;
        case 1 -> depth == 18 ? 2 : depth == 152 ? 8 : 4;
        case 2 -> depth == 18 ? 2 : depth == 101 ? 23 : depth == 152 ? 36 : 6;
        default -> depth == 18 ? 2 : 3;
      };
    }

    /** The stride of a stage's first block. */
    int stageStride(int stage) {
      return steps().get(stage);
    }

    /** The dilation of a stage's 3x3 convolutions. */
    int stageDilation(int stage) {
      return (dilations.isEmpty() ? Strides.dilations(steps()) : dilations).get(stage);
    }

    private List<Integer> steps() {
      return strides.isEmpty() ? Strides.of(stride) : strides;
    }
  }

  @Override
  public Map<String, Part<Options>> parts() {
    return Map.of(
        "block",
        SmoothedParts.BLOCK,
        "shared",
        SmoothedParts.SHARED,
        "interacting",
        SmoothedParts.INTERACTING);
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    return new ResidualStages(options, (middle, place, s) -> middle).build(input, scope);
  }
}
