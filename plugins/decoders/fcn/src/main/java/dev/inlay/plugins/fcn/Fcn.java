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
 * The fully convolutional decoder: classifies each pixel of a map and upsamples the logits to the
 * image (sections 3.1 and 3.3).
 *
 * <p>The last map (B,C,h,w) becomes logits (B,K,h,w), then (B,K,H,W). The paper adds up the logits
 * of three maps; this decoder is mmsegmentation's head of the same name: convolutions on the last
 * map, usually from context modules, or on all maps joined. The upsampling methods are those that
 * Tian et al., CVPR 2019, compare with {@code dupsampling}.
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

  /** The maps that are decoded. */
  public enum Maps {
    /** The last. */
    LAST,
    /** All maps, resized to the first map and joined. */
    ALL
  }

  /** The upsampling of the logits to the image. */
  public enum Upsampling {
    /** Bilinear interpolation. */
    BILINEAR,
    /** Nearest neighbour. */
    NEAREST,
    /** A learned transposed convolution for each class, initialised as bilinear interpolation. */
    TRANSPOSED,
    /** Depth to space: the classifier gives the logits of all image pixels of a map's pixel. */
    SUB_PIXEL
  }

  public record Options(
      @Option(value = "number of convolutions before the classifier", is = "0", least = 0)
          int convs,
      @Option(
              value = "channels of these convolutions; 0 is a quarter of the map's",
              is = "0",
              least = 0)
          int channels,
      @Option(value = "kernel size of these convolutions, an odd number", is = "3", odd = true)
          int kernel,
      @Option(
              value = "whether a further convolution joins the map with the convolutions' result",
              is = "false")
          boolean concat,
      @Option(value = "dilation of these convolutions", is = "1", least = 1) int dilation,
      @Option(
              value = "dropout probability of channels before the classifier",
              is = "0.1",
              least = 0,
              below = 1)
          double dropout,
      @Option(
              value = "maps that are decoded: last, or all, resized to the first map and joined",
              is = "last")
          Maps maps,
      @Option(
              value = "upsampling of the logits: bilinear, nearest, transposed or sub-pixel",
              is = "bilinear")
          Upsampling upsample,
      @Option(
              value = "whether maps and logits are resized with the corner pixels' centres aligned",
              is = "false")
          boolean alignCorners) {

    public Options {
      // Canonical form: options without effect take their default.
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

  /** The stride of the decoded map. */
  private static int stride(Options options, Features input) {
    return input.stride(options.maps == Maps.ALL ? 0 : -1);
  }

  /**
   * Transposed convolution of each class by itself, with windows that overlap by half: (B,K,h,w) to
   * (B,K,h*s,w*s).
   */
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

  /** Crops the logits at the image's lower and right edge. */
  private static Tensor cut(Tensor logits, Tensor image) {
    return logits.slice(2, Dim.of(0), image.height()).slice(3, Dim.of(0), image.width());
  }
}
