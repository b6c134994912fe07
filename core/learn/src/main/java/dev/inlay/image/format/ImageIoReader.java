package dev.inlay.image.format;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** Decodes with the readers that come with Java. */
final class ImageIoReader {
  private ImageIoReader() {}

  /** What is done with a reader whose input is the file. */
  @FunctionalInterface
  interface Decoding<T> {
    T with(ImageReader reader) throws IOException;
  }

  /**
   * Decodes a file from its beginning; warnings that pixels are lost are errors.
   *
   * @param format the format's name for ImageIO
   */
  static <T> T read(String format, ImageBytes file, int width, int height, Decoding<T> decoding)
      throws IOException {
    List<String> damage = new ArrayList<>();
    ImageReader reader = reader(format);
    try {
      reader.addIIOReadWarningListener(
          (source, warning) -> {
            if (meansDamage(warning)) {
              damage.add(warning);
            }
          });
      file.rewind(width, height);
      reader.setInput(file, true, true);
      T result = decoding.with(reader);
      if (!damage.isEmpty()) {
        throw new IOException(damage.get(0));
      }
      return result;
    } finally {
      reader.dispose();
    }
  }

  /** Java's own reader, whatever others an application has added. */
  private static ImageReader reader(String format) throws IOException {
    for (Iterator<ImageReader> all = ImageIO.getImageReadersByFormatName(format); all.hasNext(); ) {
      ImageReader reader = all.next();
      if (reader.getClass().getModule() == ImageReader.class.getModule()) {
        return reader;
      }
    }
    throw new IOException("this Java has no reader for " + format);
  }

  /**
   * Whether a reader's warning means lost pixels; a warning about a JPEG's version number does not.
   */
  private static boolean meansDamage(String warning) {
    String text = warning.toLowerCase(Locale.ROOT);
    return text.contains("premature")
        || text.contains("truncated")
        || text.contains("unexpected end")
        || text.contains("out-of-sequence")
        || (text.contains("corrupt") && !text.contains("extraneous"));
  }

  /** Copies all pixels of an image into (H,W,3) bytes, from an index on. */
  static void copy(BufferedImage image, byte[] rgb, int start) {
    int width = image.getWidth();
    int at = start;
    if (image.getColorModel() instanceof ComponentColorModel) {
      // Reads stored values, because getRGB would convert grey through a linear colour space.
      Raster raster = image.getRaster();
      int bands = raster.getNumBands();
      int green = bands < 3 ? 0 : 1;
      int[] row = new int[bands * width];
      for (int y = 0; y < image.getHeight(); y++) {
        raster.getPixels(0, y, width, 1, row);
        for (int i = 0; i < row.length; i += bands) {
          rgb[at++] = (byte) row[i];
          rgb[at++] = (byte) row[i + green];
          rgb[at++] = (byte) row[i + 2 * green];
        }
      }
    } else {
      int[] row = new int[width];
      for (int y = 0; y < image.getHeight(); y++) {
        image.getRGB(0, y, width, 1, row, 0, width);
        for (int color : row) {
          rgb[at++] = (byte) (color >> 16);
          rgb[at++] = (byte) (color >> 8);
          rgb[at++] = (byte) color;
        }
      }
    }
  }
}
