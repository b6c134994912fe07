package dev.inlay.plugins.fcn;

import dev.inlay.Cites;
import dev.inlay.Decoder;
import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.Init;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.nio.FloatBuffer;

/**
 * The fully convolutional decoder: a classifier for each pixel of a map, and upsampling to the
 * image (sections 3.1 and 3.3).
 *
 * <p>The last map (B,C,h,w) makes logits (B,K,h,w), which become (B,K,H,W). The paper adds up the
 * scores of three maps; this is the head that mmsegmentation calls by the same name: convolutions
 * on one map, which context modules before it have prepared, or on all maps joined. The ways of
 * upsampling are those that Tian et al., CVPR 2019, compare with their own ({@code dupsampling}).
 */
@Named(
    value = "fcn",
    says = "Fully convolutional decoder: classifies each pixel of a map and interpolates.")
@Cites(
    arxiv = "1411.4038",
    title = "Fully Convolutional Networks for Semantic Segmentation",
    authors = "Long et al.",
    venue = "CVPR 2015")
public final class Fcn implements Decoder<Fcn.Options> {

  /** Which maps the head sees. */
  public enum Maps {
    /** The last. */
    LAST,
    /** All, resized to the first one's size and joined. */
    ALL
  }

  /** How the logits come to the image's size. */
  public enum Upsampling {
    /** By bilinear interpolation. */
    BILINEAR,
    /** By the nearest pixel. */
    NEAREST,
    /** By a learned transposed convolution of each class, bilinear interpolation at first. */
    TRANSPOSED,
    /** The classifier scores every pixel that a pixel of the map stands for (depth to space). */
    SUB_PIXEL
  }

  public record Options(
      @Option(value = "how many convolutions come before the classifier", is = "0", least = 0)
          int convs,
      @Option(
              value = "channels of these convolutions; 0 is a quarter of the map's",
              is = "0",
              least = 0)
          int channels,
      @Option(value = "rows and columns of their kernels, an odd number", is = "3", odd = true)
          int kernel,
      @Option(
              value = "whether the map is joined to what the convolutions made of it, by one more",
              is = "false")
          boolean concat,
      @Option(value = "distance between the taps of their kernels", is = "1", least = 1)
          int dilation,
      @Option(
              value = "probability that a channel is dropped before the classifier",
              is = "0.1",
              least = 0,
              below = 1)
          double dropout,
      @Option(
              value =
                  "which maps are decoded: last, or all, resized to the first one's size and"
                      + " joined",
              is = "last")
          Maps maps,
      @Option(
              value =
                  "how logits come to the image's size: bilinear, nearest, transposed or sub-pixel",
              is = "bilinear")
          Upsampling upsample,
      @Option(
              value = "whether maps and logits are resized with the corner pixels' centres aligned",
              is = "false")
          boolean alignCorners) {

    public Options {
      // What nothing reads is the default.
      boolean convolves = convs > 0 || concat;
      channels = convolves ? channels : 0;
      kernel = convolves ? kernel : 3;
      dilation = convs > 0 && kernel > 1 ? dilation : 1;
      alignCorners &= maps == Maps.ALL || upsample == Upsampling.BILINEAR;
    }
  }

  @Override
  public Tensor build(Options options, Features input, Scope scope) {
    Tensor map = options.maps == Maps.ALL ? input.joined(options.alignCorners) : input.last();
    int channels = options.channels == 0 ? Math.max(1, map.channels() / 4) : options.channels;
    Window window = Window.of(options.kernel);
    Tensor x = map;
    for (int i = 0; i < options.convs; i++) {
      x = scope.convNormRelu("convs." + i, x, channels, window.dilation(options.dilation));
    }
    if (options.concat) {
      x = scope.convNormRelu("conv_cat", Tensor.concat(map, x), channels, window);
    }
    if (options.upsample == Upsampling.SUB_PIXEL) {
      int factor = stride(options, input);
      int scores = input.classes() * factor * factor;
      return scope.classify("conv_seg", x, scores, options.dropout).pixelShuffle(factor);
    }
    return scope.classify("conv_seg", x, input.classes(), options.dropout);
  }

  @Override
  public Tensor upsample(Options options, Tensor logits, Features input, Scope scope) {
    Tensor image = input.image();
    return switch (options.upsample) {
      case BILINEAR -> logits.resizeTo(image, options.alignCorners);
      case NEAREST -> logits.resizeNearest(image.height(), image.width());
      case TRANSPOSED -> cut(transposed(logits, stride(options, input), scope), image);
      case SUB_PIXEL -> cut(logits, image);
    };
  }

  /** How many pixels of the image, in a row, one pixel of the decoded map stands for. */
  private static int stride(Options options, Features input) {
    return input.stride(options.maps == Maps.ALL ? 0 : -1);
  }

  /** (B,K,h,w) to (B,K,h*s,w*s), each class by itself, with windows that overlap by half. */
  private static Tensor transposed(Tensor logits, int stride, Scope scope) {
    int classes = logits.channels();
    int kernel = 2 * stride - stride % 2;
    Init init = (values, shape, random) -> fillWithTents(values, kernel, stride);
    Tensor weight = scope.parameter("upsample.weight", init, classes, 1, kernel, kernel);
    Window window = Window.of(kernel).stride(stride).padding((kernel - stride) / 2);
    return logits.convTranspose(weight, null, window.groups(classes));
  }

  /** The weights of bilinear interpolation. */
  private static void fillWithTents(FloatBuffer values, int kernel, int stride) {
    for (int i = 0; values.hasRemaining(); i++) {
      int row = i / kernel % kernel;
      values.put((float) (tent(row, kernel, stride) * tent(i % kernel, kernel, stride)));
    }
  }

  private static double tent(int tap, int kernel, int stride) {
    return 1 - Math.abs(tap - (kernel - 1) / 2.0) / stride;
  }

  /** Without what hangs over the image's lower and right edge. */
  private static Tensor cut(Tensor logits, Tensor image) {
    return logits.slice(2, Dim.of(0), image.height()).slice(3, Dim.of(0), image.width());
  }
}
