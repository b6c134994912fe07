package dev.inlay.image.format;

import dev.inlay.InlayException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.util.Arrays;

/**
 * The bytes of red, green and blue in pictures that Java's own classes hold, from files or from an
 * application.
 *
 * <p>Grey and RGB samples are taken as they are stored, as image libraries for networks do; colour
 * profiles are not applied. {@code getRGB} would brighten grey samples, because Java counts them as
 * linear in light. Palettes, packed pixels and other colour spaces become sRGB. Transparency is
 * left out: colours that were multiplied by it are divided by it.
 */
public final class RgbSamples {

  private RgbSamples() {}

  /**
   * The pixels (H,W,3) of a picture.
   *
   * @throws InlayException if it has more than 8 bits per channel
   */
  public static byte[] of(BufferedImage picture) {
    int bits = Arrays.stream(picture.getColorModel().getComponentSize()).max().orElse(8);
    if (bits > 8) {
      throw new InlayException(
          "The picture has %d bits per channel, but images have 8. Convert it to 8 bits per channel."
              .formatted(bits));
    }
    byte[] rgb = new byte[3 * picture.getWidth() * picture.getHeight()];
    copy(picture, rgb, 0);
    return rgb;
  }

  /**
   * Copies the pixels of a picture with up to 8 bits per channel into (H,W,3), from an index on.
   */
  static void copy(BufferedImage picture, byte[] rgb, int start) {
    ColorModel model = picture.getColorModel();
    if (!hasSamples(model)) {
      convert(picture, rgb, start);
    } else if (isPlain(model)) {
      copySamples(picture, rgb, start);
    } else {
      scaleSamples(picture, rgb, start);
    }
  }

  /** Whether each pixel has a sample of grey, or one each of red, green and blue. */
  private static boolean hasSamples(ColorModel model) {
    int space = model.getColorSpace().getType();
    return model instanceof ComponentColorModel
        && (space == ColorSpace.TYPE_RGB || space == ColorSpace.TYPE_GRAY);
  }

  /** Whether samples are 0 to 255 whatever the transparency. */
  private static boolean isPlain(ColorModel model) {
    return !model.isAlphaPremultiplied()
        && Arrays.stream(model.getComponentSize()).allMatch(bits -> bits == 8);
  }

  private static void copySamples(BufferedImage picture, byte[] rgb, int start) {
    int width = picture.getWidth();
    Raster raster = picture.getRaster();
    int bands = raster.getNumBands();
    int green = green(picture);
    int[] row = new int[bands * width];
    int at = start;
    for (int y = 0; y < picture.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int i = 0; i < row.length; i += bands) {
        rgb[at++] = (byte) row[i];
        rgb[at++] = (byte) row[i + green];
        rgb[at++] = (byte) row[i + 2 * green];
      }
    }
  }

  /** From the sample of red to that of green, and from there to blue; 0 if the picture is grey. */
  private static int green(BufferedImage picture) {
    return picture.getColorModel().getNumColorComponents() == 1 ? 0 : 1;
  }

  /** Samples of fewer bits, or multiplied by the transparency, made 0 to 255. */
  private static void scaleSamples(BufferedImage picture, byte[] rgb, int start) {
    ColorModel model = picture.getColorModel();
    Raster raster = picture.getRaster();
    int green = green(picture);
    int alpha = model.isAlphaPremultiplied() ? model.getNumColorComponents() : -1;
    int[] pixel = new int[raster.getNumBands()];
    int at = start;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        raster.getPixel(x, y, pixel);
        double whole = alpha < 0 ? 1 : share(pixel, alpha, model);
        for (int i = 0; i < 3; i++) {
          double share = whole == 0 ? 0 : share(pixel, i * green, model) / whole;
          rgb[at++] = (byte) Math.round(255 * Math.min(1, share));
        }
      }
    }
  }

  private static double share(int[] pixel, int band, ColorModel model) {
    return (double) pixel[band] / ((1 << model.getComponentSize(band)) - 1);
  }

  private static void convert(BufferedImage picture, byte[] rgb, int start) {
    int width = picture.getWidth();
    int[] row = new int[width];
    int at = start;
    for (int y = 0; y < picture.getHeight(); y++) {
      picture.getRGB(0, y, width, 1, row, 0, width);
      for (int color : row) {
        rgb[at++] = (byte) (color >> 16);
        rgb[at++] = (byte) (color >> 8);
        rgb[at++] = (byte) color;
      }
    }
  }
}
