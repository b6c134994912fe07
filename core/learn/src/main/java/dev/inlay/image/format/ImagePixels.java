package dev.inlay.image.format;

import dev.inlay.files.FileKind;
import java.io.IOException;

/** An image whose header has been read and whose pixels have not. */
public interface ImagePixels {
  /** The stored width in pixels, before any turn. */
  int width();

  /** The stored height in pixels, before any turn. */
  int height();

  /** How the pixels must be turned. */
  Orientation orientation();

  /** The bytes of Java's memory that reading the pixels takes, about; the result among them. */
  long memory();

  /**
   * Reads the pixels, once.
   *
   * @return (H,W,3) unsigned bytes of red, green and blue as they are stored, not turned
   * @throws Unsupported if they cannot become RGB
   * @throws IOException if the file is damaged or cut off; readers of ImageIO also throw any
   *     unchecked exception
   */
  byte[] rgb() throws IOException;

  /**
   * Reads the header of an image of a kind that is read.
   *
   * @throws Unsupported if it is of a form that is not read
   * @throws IOException if it is damaged or cut off
   */
  static ImagePixels open(FileKind kind, ImageBytes file) throws IOException {
    return switch (kind.format()) {
      case "png" -> PngImage.open(file);
      case "jpeg" -> JpegImage.open(file);
      case "tiff" -> TiffImage.open(file);
      default -> OtherImage.open(file, kind.format());
    };
  }
}
