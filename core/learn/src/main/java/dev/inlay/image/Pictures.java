package dev.inlay.image;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.file.Path;

/** Converts images and label maps to Java2D pictures and writes pictures. */
public final class Pictures {
  private Pictures() {}

  /** A copy of an image for Java2D. */
  public static BufferedImage of(RgbImage image) {
    BufferedImage picture =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        picture.setRGB(x, y, image.color(x, y));
      }
    }
    return picture;
  }

  /**
   * An image for Java2D that shares its bytes: for writing, because drawing it is slower than a
   * copy.
   */
  static BufferedImage over(RgbImage image) {
    int[] bands = {0, 1, 2};
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(image.rgb(), image.rgb().length),
            image.width(),
            image.height(),
            3 * image.width(),
            3,
            bands,
            null);
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    return new BufferedImage(model, raster, false, null);
  }

  /** Each class in its colour; all other ids, such as the ignore index, are black. */
  public static BufferedImage of(LabelMap labels, Palette classes) {
    BufferedImage picture =
        new BufferedImage(labels.width(), labels.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < labels.height(); y++) {
      for (int x = 0; x < labels.width(); x++) {
        int id = labels.id(x, y);
        picture.setRGB(x, y, id < classes.size() ? classes.color(id) : 0);
      }
    }
    return picture;
  }

  /**
   * Writes a picture as PNG. Missing folders are created and an existing file is replaced.
   *
   * @throws dev.inlay.InlayException if the file cannot be written; an existing file then stays
   *     unchanged
   */
  public static void write(Path file, BufferedImage picture) {
    ImageFile.writePng(file, picture);
  }
}
