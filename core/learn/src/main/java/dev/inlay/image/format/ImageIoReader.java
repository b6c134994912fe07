package dev.inlay.image.format;

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
}
