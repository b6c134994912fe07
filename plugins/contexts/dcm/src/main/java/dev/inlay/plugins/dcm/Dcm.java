package dev.inlay.plugins.dcm;

import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * DMNet's dynamic convolutional modules: the map is joined with its convolutions by filters of
 * several sizes, which are computed from the map itself (section 3.2, figure 2).
 *
 * <p>The last map (B,C,H,W) becomes (B,C/4,H,W). Each module pools the map to a k x k grid,
 * computes one k x k filter for each channel of each image, and applies it to the map reduced to
 * C/4 channels. Like the published networks, the defaults leave out a module's last 1x1
 * convolution, {@code fusion}.
 */
@Named(
    value = "dcm",
    says = "Dynamic convolution: the map joined with convolutions by filters computed from it.")
@Cites(
    url =
        "https://openaccess.thecvf.com/content_ICCV_2019/html/He_Dynamic_Multi-Scale_Filters_for_Semantic_Segmentation_ICCV_2019_paper.html",
    title = "Dynamic Multi-Scale Filters for Semantic Segmentation",
    authors = "He et al.",
    venue = "ICCV 2019")
public final class Dcm implements ContextModule<Dcm.Options> {

  public record Options(
      @Option(value = "rows and columns of each module's filters", is = "[1, 3, 5, 7]", least = 1)
          List<Integer> filters,
      @Option(
              value = "channels of each module and of the result; 0 is a quarter of the map's",
              is = "0",
              least = 0)
          int channels,
      @Option(value = "whether a 1x1 convolution ends each module", is = "false") boolean fusion) {}

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
   * Convolves each channel of each image with its own filter: maps (B,C,H,W) by filters (B,C,k,k).
   * Filters of an even size reach one pixel further up and left than down and right.
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
