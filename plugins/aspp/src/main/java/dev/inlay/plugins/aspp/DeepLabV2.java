package dev.inlay.plugins.aspp;

import dev.inlay.Check;
import dev.inlay.Decoder;
import dev.inlay.Features;
import dev.inlay.Init;
import dev.inlay.Option;
import dev.inlay.Paper;
import dev.inlay.Reference;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.List;
import java.util.Map;

/**
 * The first atrous spatial pyramid pooling, DeepLabV2's: every branch classifies the pixels by
 * itself, with taps at a distance of its own, and the scores are added up (section 3.2, figure 7).
 *
 * <p>The last map (B,C,h,w), for which the rates are at stride 8, makes logits (B,K,h,w). The
 * paper's branches are a dilated 3x3 convolution, a 1x1 convolution and the classifier, here under
 * the names that the authors' VGG-16 has in Caffe, {@code fc6_1}, {@code fc7_1} and so on; theirs
 * of {@code fc8_1} has the data's name in it too. Rates of 6, 12, 18, 24 are the paper's ASPP-L, 2,
 * 4, 8, 12 its ASPP-S, and 12 alone is its LargeFOV (section 4.1.2). The authors' ResNet-101 has
 * {@code channels=0}: dilated convolutions that classify at once, {@code c0}, {@code c1} and so on,
 * as in kazuto1011/deeplab-pytorch.
 *
 * <p>The presets are that ResNet-101 and its like of 50 layers. Differences from the paper: the
 * first pooling rounds sizes down, not up, and the network sees the image at one scale, not three.
 */
public final class DeepLabV2 implements Decoder<DeepLabV2.Options> {

  /** The options; see each one's meaning. */
  public record Options(
      @Option("distance between the taps of each branch's 3x3 convolution") List<Integer> rates,
      @Option(
              "channels of the two layers before each classifier; 0 has none: the dilated"
                  + " convolutions classify")
          int channels,
      @Option("probability that a value is dropped after each of these layers") double dropout,
      @Option("whether logits are resized with the corner pixels' centres aligned")
          boolean alignCorners) {

    public Options {
      Check.eachAtLeast("rates", rates, 1);
      Check.atLeast("channels", channels, 0);
      Check.that(
          dropout >= 0 && dropout < 1,
          "dropout is " + dropout + "; it must be 0 or more and less than 1");
      rates = List.copyOf(rates);
    }
  }

  @Override
  public String name() {
    return "deeplabv2";
  }

  @Override
  public String summary() {
    return "Adds up the scores of classifiers that see the map at several rates.";
  }

  @Override
  public Paper paper() {
    return Paper.arxiv(
        "DeepLab: Semantic Image Segmentation with Deep Convolutional Nets, Atrous Convolution, and"
            + " Fully Connected CRFs",
        "Chen et al.",
        "TPAMI 2018",
        "1606.00915");
  }

  @Override
  public Options defaults() {
    return new Options(List.of(6, 12, 18, 24), 1024, 0.5, false);
  }

  @Override
  public String example() {
    return "resnet50(stride=8) | deeplabv2(rates=[6, 12, 18, 24])";
  }

  @Override
  public Map<String, String> presets() {
    String stages =
        "(stride=8, stem=plain, style=caffe, contractDilation=false) | deeplabv2(channels=0)";
    return Map.of(
        "deeplabv2_r50-d8", "resnet50" + stages, "deeplabv2_r101-d8", "resnet101" + stages);
  }

  @Override
  public List<Reference<Options>> references() {
    return DeepLabV2References.all();
  }

  @Override
  public Tensor build(Options options, Features input, Scope scope) {
    Tensor sum = branch(options, 0, input, scope);
    for (int i = 1; i < options.rates.size(); i++) {
      sum = sum.add(branch(options, i, input, scope));
    }
    return sum;
  }

  private static Tensor branch(Options options, int index, Features input, Scope scope) {
    Window window = Window.of(3).dilation(options.rates.get(index));
    Tensor x = input.last();
    if (options.channels == 0) {
      return classified(scope.at("c" + index), x, input.classes(), window);
    }
    String number = "_" + (index + 1);
    x = dropped(scope.convBias("fc6" + number, x, options.channels, window).relu(), options);
    x = dropped(scope.convBias("fc7" + number, x, options.channels, 1).relu(), options);
    return classified(scope.at("fc8" + number), x, input.classes(), Window.of(1));
  }

  private static Tensor dropped(Tensor x, Options options) {
    return options.dropout > 0 ? x.dropout(options.dropout) : x;
  }

  /** A convolution to scores, which starts near 0 as classifiers do. */
  private static Tensor classified(Scope scope, Tensor x, int classes, Window window) {
    int size = window.kernelHeight();
    Tensor weight = scope.parameter("weight", Init.normal(0.01), classes, x.channels(), size, size);
    return x.conv(weight, scope.parameter("bias", Init.ZERO, classes), window);
  }

  @Override
  public Tensor upsample(Options options, Tensor logits, Features input, Scope scope) {
    return logits.resizeTo(input.image(), options.alignCorners);
  }
}
