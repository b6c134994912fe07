package dev.inlay.image;

import dev.inlay.InlayException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.util.Arrays;

/** The bytes of pictures that Java's own classes hold. */
final class BufferedPixels {

  private BufferedPixels() {}

  /**
   * The pixels (H,W,3) in red, green and blue. Stored values are taken as they are; other colour
   * models are converted to sRGB. Transparency is ignored.
   */
  static byte[] rgb(BufferedImage picture) {
    ColorModel model = picture.getColorModel();
    int bits = Arrays.stream(model.getComponentSize()).max().orElse(8);
    if (bits > 8) {
      throw new InlayException(
          "The picture has %d bits per channel, but images have 8. Convert it to 8 bits per channel."
              .formatted(bits));
    }
    return hasStoredValues(model) ? stored(picture) : converted(picture);
  }

  /** Whether the samples are RGB or grey values; getRGB would brighten grey ones. */
  private static boolean hasStoredValues(ColorModel model) {
    int space = model.getColorSpace().getType();
    return model instanceof ComponentColorModel
        && model.getTransferType() == DataBuffer.TYPE_BYTE
        && !model.isAlphaPremultiplied()
        && (space == ColorSpace.TYPE_RGB || space == ColorSpace.TYPE_GRAY);
  }

  private static byte[] stored(BufferedImage picture) {
    int width = picture.getWidth();
    Raster raster = picture.getRaster();
    int bands = raster.getNumBands();
    int green = picture.getColorModel().getNumColorComponents() < 3 ? 0 : 1;
    byte[] rgb = new byte[3 * width * picture.getHeight()];
    int[] row = new int[bands * width];
    int at = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int i = 0; i < row.length; i += bands) {
        rgb[at++] = (byte) row[i];
        rgb[at++] = (byte) row[i + green];
        rgb[at++] = (byte) row[i + 2 * green];
      }
    }
    return rgb;
  }

  private static byte[] converted(BufferedImage picture) {
    int width = picture.getWidth();
    byte[] rgb = new byte[3 * width * picture.getHeight()];
    int[] row = new int[width];
    int at = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      picture.getRGB(0, y, width, 1, row, 0, width);
      for (int color : row) {
        rgb[at++] = (byte) (color >> 16);
        rgb[at++] = (byte) (color >> 8);
        rgb[at++] = (byte) color;
      }
    }
    return rgb;
  }
}
