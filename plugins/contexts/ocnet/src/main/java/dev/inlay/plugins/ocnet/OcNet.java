package dev.inlay.plugins.ocnet;

import dev.inlay.Check;
import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.Init;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Part;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * OCNet's object context: every pixel attends to all pixels of its object, which are those alike
 * (section 3, figure 3). {@code base} attends on the whole map, {@code pyramid} inside the parts of
 * several divisions, {@code asp} on the halved map beside dilated convolutions.
 *
 * <p>The last map (B,C,H,W) becomes (B,C/4,H,W). As in the authors' code, queries and keys have one
 * projection, convolutions before a normalisation have a bias except the dilated ones, and the
 * rectifiers are leaky.
 */
@Named(value = "ocnet", says = "Object context: each pixel attends to the pixels like it.")
@Cites(
    arxiv = "1809.00916",
    title = "OCNet: Object Context Network for Scene Parsing",
    authors = "Yuan and Wang",
    venue = "2018")
public final class OcNet implements ContextModule<OcNet.Options> {

  private static final List<Integer> RATES = List.of(12, 24, 36);

  public record Options(
      @Option(
              value = "channels inside and of the result; 0 is a quarter of the map's",
              is = "0",
              least = 0)
          int channels,
      @Option(value = "form of the context: base, pyramid or asp", is = "base") Form form,
      @Option(
              value = "channels in which pixels are compared; 0 is half of the attention's",
              is = "0",
              least = 0)
          int keyChannels,
      @Option(
              value =
                  "channels that the attention gathers; 0 is keyChannels for base, and all of the"
                      + " attention's for pyramid and asp",
              is = "0",
              least = 0)
          int valueChannels,
      @Option(
              value =
                  "sizes of the pooled windows for base and asp, numbers of parts per side for"
                      + " pyramid; [] is [1] for base, [1, 2, 3, 6] for pyramid, [2] for asp",
              is = "[]",
              least = 1,
              empty = true)
          List<Integer> sizes,
      @Option(value = "dilations of asp's convolutions, in pixels", is = "[12, 24, 36]", least = 1)
          List<Integer> rates,
      @Option(
              value = "channels of each of asp's branches; 0 is half of channels",
              is = "0",
              least = 0)
          int branchChannels,
      @Option(value = "slope of the rectifiers for negative values", is = "0.01", least = 0)
          double slope,
      @Option(
              value = "whether pooled maps are resized with the corner pixels' centres aligned",
              is = "true")
          boolean alignCorners) {

    public Options {
      // Canonical form: options without effect take their default.
      sizes = sizes.equals(form.sizes()) ? List.of() : List.copyOf(sizes);
      rates = form == Form.ASP ? List.copyOf(rates) : RATES;
      branchChannels = form == Form.ASP ? branchChannels : 0;
      boolean resizes =
          form != Form.PYRAMID && (sizes.isEmpty() ? form == Form.ASP : Collections.max(sizes) > 1);
      alignCorners |= !resizes;
    }

    /** The sizes, also where they are the form's. */
    List<Integer> scales() {
      return sizes.isEmpty() ? form.sizes() : sizes;
    }

    /** The channels compared, of an attention on so many channels. */
    private int keys(int channels) {
      return keyChannels == 0 ? Math.max(1, channels / 2) : keyChannels;
    }

    private int values(int channels) {
      int usual = form == Form.BASE ? keys(channels) : channels;
      return valueChannels == 0 ? usual : valueChannels;
    }
  }

  @Override
  public Map<String, Part<Options>> parts() {
    return Map.of(
        "module",
        (options, x, scope) -> List.of(module(options, x.last(), scope)),
        "context",
        (options, x, scope) -> List.of(context(options, x.last(), scope)));
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    Tensor map = input.last();
    int channels = options.channels == 0 ? Math.max(1, map.channels() / 4) : options.channels;
    Scope s = scope.at("context");
    Tensor x = s.convBias("0", map, channels, 3);
    x = rectified(options, s.norm("1", x));
    return input.withLast(module(options, x, s.at("2")));
  }

  @Override
  public void checkCrop(Options options, Features input, int height, int width) {
    Map<String, Long> sizes = Map.of("H", (long) height, "W", (long) width);
    long rows = input.last().height().value(sizes);
    long columns = input.last().width().value(sizes);
    int most = Collections.max(options.scales());
    Check.that(
        rows >= most && columns >= most,
        "'ocnet' with sizes=%s needs a map of %d rows and columns or more, but a crop of %dx%d gives"
            + " a map of %dx%d. Take a larger crop, a backbone of a smaller stride or smaller"
            + " sizes.",
        options.scales(),
        most,
        height,
        width,
        rows,
        columns);
  }

  /** A map joined with its object context: (B,C,H,W) to (B,C,H,W), for asp to twice a branch. */
  private static Tensor module(Options options, Tensor x, Scope scope) {
    return switch (options.form) {
      case BASE -> {
        Tensor context = summed(options, x, scope);
        yield joined(options, "conv_bn_dropout", Tensor.concat(context, x), x.channels(), scope);
      }
      case PYRAMID -> pyramid(options, x, scope);
      case ASP -> asp(options, x, scope);
    };
  }

  /** The object context without the map itself: (B,C,H,W) to (B,C,H,W). */
  private static Tensor context(Options options, Tensor x, Scope scope) {
    Tensor context = summed(options, x, scope);
    return joined(options, "conv_bn_dropout", context, x.channels(), scope);
  }

  /** Attention on the map pooled by each size, summed. */
  private static Tensor summed(Options options, Tensor x, Scope scope) {
    Tensor sum = pooled(options, 0, x, scope);
    for (int i = 1; i < options.scales().size(); i++) {
      sum = sum.plus(pooled(options, i, x, scope));
    }
    return sum;
  }

  private static Tensor pooled(Options options, int i, Tensor x, Scope scope) {
    int size = options.scales().get(i);
    Tensor small = size == 1 ? x : x.maxPool(Window.of(size).stride(size).padding(0));
    Tensor context = attention(options, 1, small, scope.at("stages", i));
    return size == 1 ? context : context.resizeTo(x, options.alignCorners);
  }

  /** The map, widened, beside the attentions inside the parts of each division. */
  private static Tensor pyramid(Options options, Tensor x, Scope scope) {
    int divisions = options.scales().size();
    List<Tensor> all = new ArrayList<>();
    all.add(joined(options, "up_dr", x, x.channels() * divisions, scope));
    for (int i = 0; i < divisions; i++) {
      all.add(attention(options, options.scales().get(i), x, scope.at("stages", i)));
    }
    return joined(options, "conv_bn_dropout", Tensor.concat(all), x.channels(), scope);
  }

  /** Atrous spatial pyramid pooling, whose image pooling is replaced by object context. */
  private static Tensor asp(Options options, Tensor x, Scope scope) {
    int channels =
        options.branchChannels == 0 ? Math.max(1, x.channels() / 2) : options.branchChannels;
    Scope s = scope.at("context");
    Tensor seen = rectified(options, s.norm("1", s.convBias("0", x, channels, 3)));
    List<Tensor> all = new ArrayList<>();
    all.add(context(options, seen, s.at("2")));
    all.add(rectified(options, scope.convNormSequence("conv2", x, channels, Window.of(1))));
    for (int i = 0; i < options.rates.size(); i++) {
      Window window = Window.of(3).dilation(options.rates.get(i));
      all.add(rectified(options, scope.convNormSequence("conv" + (i + 3), x, channels, window)));
    }
    Tensor both = Tensor.concat(all);
    return rectified(
        options, scope.convNormSequence("conv_bn_dropout", both, 2 * channels, Window.of(1)));
  }

  /** Object context pooling (equations 1 and 2) inside parts x parts regions of the map. */
  private static Tensor attention(Options options, int parts, Tensor x, Scope scope) {
    int keys = options.keys(x.channels());
    Tensor query = projected(options, x, keys, scope);
    Tensor key = projected(options, x, keys, scope);
    Tensor value = scope.convBias("f_value", x, options.values(x.channels()), 1);
    List<Tensor> rows = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      List<Tensor> row = new ArrayList<>();
      for (int j = 0; j < parts; j++) {
        row.add(
            gathered(part(parts, i, j, query), part(parts, i, j, key), part(parts, i, j, value)));
      }
      rows.add(row.get(0).concat(3, row.subList(1, parts)));
    }
    Tensor all = rows.get(0).concat(2, rows.subList(1, parts));
    return beginningAtZero("W", all, x.channels(), scope);
  }

  /** Scaled dot-product attention of all pixels: (B,V,h,w). */
  private static Tensor gathered(Tensor query, Tensor key, Tensor value) {
    Tensor likeness = query.flat().permute(0, 2, 1).matmul(key.flat());
    Tensor weights = likeness.times(Math.pow(query.channels(), -0.5)).softmax(2);
    return weights
        .matmul(value.flat().permute(0, 2, 1))
        .permute(0, 2, 1)
        .reshape(value.batch(), value.channels(), value.height(), value.width());
  }

  /** One of parts x parts regions of equal size; the last ones take what is left. */
  private static Tensor part(int parts, int row, int column, Tensor x) {
    return cut(2, parts, row, cut(3, parts, column, x));
  }

  private static Tensor cut(int axis, int parts, int place, Tensor x) {
    if (parts == 1) {
      return x;
    }
    Dim size = x.dim(axis);
    Dim step = size.floorDiv(parts);
    Dim end = place == parts - 1 ? size : step.times(place + 1L);
    return x.slice(axis, step.times(place), end);
  }

  private static Tensor projected(Options options, Tensor x, int channels, Scope scope) {
    return joined(options, "f_key", x, channels, scope);
  }

  /** A 1x1 convolution with bias, batch normalisation and the leaky rectifier. */
  private static Tensor joined(Options options, String name, Tensor x, int channels, Scope scope) {
    Scope s = scope.at(name);
    return rectified(options, s.norm("1", s.convBias("0", x, channels, 1)));
  }

  private static Tensor rectified(Options options, Tensor x) {
    return options.slope == 0 ? x.relu() : x.leakyRelu(options.slope);
  }

  /** A 1x1 convolution whose result is 0 until training changes it. */
  private static Tensor beginningAtZero(String name, Tensor x, int channels, Scope scope) {
    Scope s = scope.at(name);
    Tensor weight = s.parameter("weight", Init.ZERO, channels, x.channels(), 1, 1);
    return x.conv(weight, s.parameter("bias", Init.ZERO, channels), Window.of(1));
  }
}
