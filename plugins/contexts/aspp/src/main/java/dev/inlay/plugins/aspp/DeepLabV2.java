package dev.inlay.plugins.aspp;

import dev.inlay.Cites;
import dev.inlay.Decoder;
import dev.inlay.Features;
import dev.inlay.Init;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.List;

/**
 * DeepLabV2's atrous spatial pyramid pooling: every branch classifies the pixels with its own
 * dilation, and the logits are added up (section 3.2, figure 7).
 *
 * <p>The last map (B,C,h,w) becomes logits (B,K,h,w); the default rates suit stride 8. The paper's
 * branches are a dilated 3x3 convolution, a 1x1 convolution and the classifier. Their parameters
 * have the names of the authors' VGG-16 in Caffe, {@code fc6_1}, {@code fc7_1} and so on, except
 * that the authors' name of {@code fc8_1} also contains the dataset's name. Rates of 6, 12, 18, 24
 * are the paper's ASPP-L, 2, 4, 8, 12 its ASPP-S, and 12 alone is its LargeFOV (section 4.1.2). The
 * authors' ResNet-101 has {@code channels=0}: dilated convolutions that classify at once, {@code
 * c0}, {@code c1} and so on, as in kazuto1011/deeplab-pytorch.
 *
 * <p>The presets are that network with ResNet-101 and with ResNet-50. Differences from the paper:
 * the first pooling rounds sizes down, not up, and the image is processed at one scale, not three.
 */
@Named(value = "deeplabv2", says = "Adds up the logits of classifiers with several dilations.")
@Cites(
    arxiv = "1606.00915",
    title =
        "DeepLab: Semantic Image Segmentation with Deep Convolutional Nets, Atrous Convolution, and"
            + " Fully Connected CRFs",
    authors = "Chen et al.",
    venue = "TPAMI 2018")
public final class DeepLabV2 implements Decoder<DeepLabV2.Options> {

  public record Options(
      @Option(
              value = "dilation of each branch's 3x3 convolution",
              is = "[6, 12, 18, 24]",
              least = 1)
          List<Integer> rates,
      @Option(
              value =
                  "channels of the two layers before each classifier; 0 leaves them out: the dilated"
                      + " convolutions classify",
              is = "1024",
              least = 0)
          int channels,
      @Option(
              value = "dropout probability after each of these layers",
              is = "0.5",
              least = 0,
              below = 1)
          double dropout,
      @Option(
              value = "whether logits are resized with the corner pixels' centres aligned",
              is = "false")
          boolean alignCorners) {}

  @Override
  public Tensor build(Options options, Features input, Scope scope) {
    Tensor sum = branch(options, 0, input, scope);
    for (int i = 1; i < options.rates.size(); i++) {
      sum = sum.plus(branch(options, i, input, scope));
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

  /** A convolution to logits, with the small initial weights of a classifier. */
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
