package dev.inlay.plugins.dcm;

import dev.inlay.Check;
import dev.inlay.ContextModule;
import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.Option;
import dev.inlay.Paper;
import dev.inlay.Reference;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * DMNet's dynamic convolutional modules: the map beside what filters of several sizes find in it,
 * each filter made from the map itself (section 3.2, figure 2).
 *
 * <p>The last map (B,C,H,W) becomes (B,C/4,H,W). Each module pools the map to as many bins as its
 * filter has taps, which makes one filter for each channel of each image, and slides it over the
 * map reduced to C/4 channels. The published networks leave out the last 1x1 convolution of a
 * module, {@code fusion}, and so do the defaults.
 */
public final class Dcm implements ContextModule<Dcm.Options> {

  /** The options; see each one's meaning. */
  public record Options(
      @Option("rows and columns of each module's filters") List<Integer> filters,
      @Option("channels of each module and of the result; 0 is a quarter of the map's")
          int channels,
      @Option("whether a 1x1 convolution ends each module") boolean fusion) {

    public Options {
      Check.eachAtLeast("filters", filters, 1);
      Check.atLeast("channels", channels, 0);
      filters = List.copyOf(filters);
    }
  }

  @Override
  public String name() {
    return "dcm";
  }

  @Override
  public String summary() {
    return "Dynamic convolution: the map beside what filters find in it that it made itself.";
  }

  @Override
  public Paper paper() {
    return new Paper(
        "Dynamic Multi-Scale Filters for Semantic Segmentation",
        "He et al.",
        "ICCV 2019",
        "https://openaccess.thecvf.com/content_ICCV_2019/html/"
            + "He_Dynamic_Multi-Scale_Filters_for_Semantic_Segmentation_ICCV_2019_paper.html");
  }

  @Override
  public Options defaults() {
    return new Options(List.of(1, 3, 5, 7), 0, false);
  }

  @Override
  public String example() {
    return "resnet50(stride=8) | auxiliary | dcm | fcn";
  }

  @Override
  public Map<String, String> presets() {
    return Map.of(
        "dmnet_r18-d8", "resnet18(stride=8) | auxiliary | dcm | fcn",
        "dmnet_r50-d8", "resnet50(stride=8) | auxiliary | dcm | fcn",
        "dmnet_r101-d8", "resnet101(stride=8) | auxiliary | dcm | fcn");
  }

  @Override
  public List<Reference<Options>> references() {
    return DcmReferences.all();
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    Tensor x = input.last();
    int channels = options.channels == 0 ? Math.max(1, x.channels() / 4) : options.channels;
    List<Tensor> found = new ArrayList<>(List.of(x));
    for (int i = 0; i < options.filters.size(); i++) {
      Scope s = scope.at("dcm_modules", i);
      int size = options.filters.get(i);
      Tensor filters =
          s.convBias("filter_gen_conv", x.adaptiveAvgPool(size, size), channels, Window.of(1));
      Tensor reduced = s.convNormRelu("input_redu_conv", x, channels, 1);
      Tensor made = s.norm("norm", slide(filters, reduced)).relu();
      found.add(options.fusion ? s.convNormRelu("fusion_conv", made, channels, 1) : made);
    }
    return input.withLast(scope.convNormRelu("bottleneck", Tensor.concat(found), channels, 3));
  }

  /**
   * Slides each channel's filter (B,C,k,k) over that channel of that image: (B,C,H,W). Filters of
   * an even size reach one pixel further up and left than down and right.
   */
  static Tensor slide(Tensor filters, Tensor x) {
    int size = (int) filters.height().value();
    Dim each = x.batch().times(x.channels());
    Tensor flat = x.reshape(1, each, x.height(), x.width());
    if (size % 2 == 0) {
      flat = flat.pad(1, 0, 1, 0);
    }
    Tensor weight = filters.reshape(each, 1, size, size);
    Tensor made = flat.conv(weight, null, Window.of(size).padding((size - 1) / 2), each);
    return made.reshape(x.batch(), x.channels(), x.height(), x.width());
  }
}
