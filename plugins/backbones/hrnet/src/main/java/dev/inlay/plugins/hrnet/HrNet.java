package dev.inlay.plugins.hrnet;

import dev.inlay.Backbone;
import dev.inlay.Check;
import dev.inlay.Cites;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * High-resolution networks: a branch keeps stride 4 from the first to the last stage; coarser
 * branches are added one by one, and all branches exchange their features (sections 3.1 to 3.3; the
 * output is HRNetV2's, all branches).
 *
 * <p>The image (B,3,H,W) becomes four maps with strides 4, 8, 16, 32: (B,w,H/4,W/4) to
 * (B,8w,H/32,W/32). Two decoders join them at stride 4: {@code fcn(maps=all)} and {@code
 * ocr(joined=true)}.
 *
 * <p>As in mmsegmentation, a coarser branch is upsampled by its whole factor and then resized to
 * the finer branch; for odd sizes these are two interpolations.
 */
@Named(
    value = "hrnet",
    says = "High-resolution network: branches from fine to coarse work side by side and exchange.")
@Cites(
    arxiv = "1908.07919",
    title = "Deep High-Resolution Representation Learning for Visual Recognition",
    authors = "Wang et al.",
    venue = "TPAMI 2020")
public final class HrNet implements Backbone<HrNet.Options> {

  /** The number of branches of all stages: 1 + 2 + 3 + 4. */
  private static final int BRANCHES = 1 + 2 + 3 + 4;

  private static final int WIDTH = 48;

  public record Options(
      @Option(
              value = "channels of the finest branch; each coarser one has twice as many",
              is = "" + WIDTH,
              least = 1)
          int width,
      @Option(
              value = "channels of each of the four branches, finest first; [] doubles from width",
              is = "[]",
              least = 1,
              empty = true)
          List<Integer> widths,
      @Option(
              value = "number of modules of the stages with two, three and four branches",
              is = "[1, 4, 3]",
              least = 1)
          List<Integer> modules,
      @Option(
              value =
                  "residual blocks: of the first stage, then of each branch of a module, by stage;"
                      + " ten numbers name every branch of every stage",
              is = "[4, 4, 4, 4]",
              least = 1)
          List<Integer> blocks,
      @Option(
              value = "channels of the first stage's 3x3 convolutions; it makes four times as many",
              is = "64",
              least = 1)
          int firstWidth,
      @Option(
              value = "channels of the two convolutions before the first stage",
              is = "64",
              least = 1)
          int stemChannels,
      @Option(
              value = "whether the finest branch is the only output, also of the last module",
              is = "false")
          boolean finestOnly) {

    public Options {
      if (!widths.isEmpty()) {
        checkCount("widths", widths, 4, "branches");
      }
      checkCount("modules", modules, 3, "stages with several branches");
      if (blocks.size() != BRANCHES) {
        checkCount("blocks", blocks, 4, "stages");
      }
      // Canonical form: lists that say the same as a shorter list become the shorter list.
      width =
          widths.isEmpty() ? width : widths.equals(doubling(widths.get(0))) ? widths.get(0) : WIDTH;
      widths = widths.equals(doubling(width)) ? List.of() : List.copyOf(widths);
      blocks = List.copyOf(shortest(blocks));
    }

    private static List<Integer> doubling(int width) {
      return List.of(width, 2 * width, 4 * width, 8 * width);
    }

    /**
     * The block counts by stage if all branches of each stage have the same number; else as given.
     */
    private static List<Integer> shortest(List<Integer> blocks) {
      if (blocks.size() < BRANCHES) {
        return blocks;
      }
      List<Integer> stages = List.of(blocks.get(0), blocks.get(1), blocks.get(3), blocks.get(6));
      List<Integer> alike = new ArrayList<>();
      for (int stage = 0; stage < 4; stage++) {
        alike.addAll(Collections.nCopies(stage + 1, stages.get(stage)));
      }
      return alike.equals(blocks) ? stages : blocks;
    }

    private static void checkCount(String name, List<Integer> values, int count, String of) {
      Check.that(
          values.size() == count,
          "%s is %s; it must name %d values, one for each of the %d %s.",
          name,
          values,
          count,
          count,
          of);
    }

    /** The number of blocks of each branch of a stage; stages count from 0. */
    private List<Integer> stageBlocks(int stage) {
      if (blocks.size() < BRANCHES) {
        return Collections.nCopies(stage + 1, blocks.get(stage));
      }
      int before = stage * (stage + 1) / 2;
      return blocks.subList(before, before + stage + 1);
    }

    private int branchWidth(int branch) {
      return widths.isEmpty() ? width << branch : widths.get(branch);
    }
  }

  private static String fcn(int channels) {
    return " | fcn(maps=all, convs=1, kernel=1, channels=" + channels + ", dropout=0)";
  }

  private static String ocr(int channels) {
    return " | ocr(joined=true, coarseKernel=1, coarseChannels="
        + channels
        + ", dropout=0) | fcn(dropout=0)";
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    Tensor x = layer("1", input.image(), options.stemChannels, Exchange.HALVING, scope);
    x = layer("2", x, options.stemChannels, Exchange.HALVING, scope);
    for (int i = 0; i < options.stageBlocks(0).get(0); i++) {
      x = bottleneck(x, options.firstWidth, scope.at("layer1", i));
    }
    List<Tensor> maps = List.of(x);
    for (int stage = 1; stage < 4; stage++) {
      maps = transition(options, maps, scope.at("transition" + stage));
      int modules = options.modules.get(stage - 1);
      for (int module = 0; module < modules; module++) {
        boolean narrows = options.finestOnly && stage == 3 && module == modules - 1;
        Scope s = scope.at("stage" + (stage + 1), module);
        maps = Exchange.module(maps, options.stageBlocks(stage), narrows ? 1 : maps.size(), s);
      }
    }
    return input.withMaps(maps, List.of(4, 8, 16, 32).subList(0, maps.size()));
  }

  /** Brings the branches to their widths and makes one more branch from the coarsest. */
  private static List<Tensor> transition(Options options, List<Tensor> maps, Scope scope) {
    List<Tensor> next = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      int width = options.branchWidth(i);
      String name = String.valueOf(i);
      boolean fits = maps.get(i).channels() == width;
      next.add(fits ? maps.get(i) : scope.convNormReluSequence(name, maps.get(i), width, 3));
    }
    int coarsest = maps.size();
    Scope s = scope.at(String.valueOf(coarsest));
    int width = options.branchWidth(coarsest);
    next.add(s.convNormSequence("0", maps.get(coarsest - 1), width, Exchange.HALVING).relu());
    return next;
  }

  private static Tensor bottleneck(Tensor x, int width, Scope s) {
    Tensor y = layer("1", x, width, Window.of(1), s);
    y = layer("2", y, width, Window.of(3), s);
    y = s.norm("bn3", s.conv("conv3", y, 4 * width, 1));
    boolean fits = x.channels() == 4 * width;
    Window point = Window.of(1);
    return y.plus(fits ? x : s.convNormSequence("downsample", x, 4 * width, point)).relu();
  }

  private static Tensor layer(String number, Tensor x, int channels, Window window, Scope s) {
    return s.norm("bn" + number, s.conv("conv" + number, x, channels, window)).relu();
  }
}
