package dev.inlay.image.format;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;

/** A BMP, or the first picture of a GIF: decoded whole, then copied. */
final class OtherImage implements ImagePixels {
  private static final int BMP_COMPRESSION = 30;

  private final String format;
  private final ImageBytes file;
  private final int width;
  private final int height;
  private final int pixelBytes;

  private OtherImage(String format, ImageBytes file, int width, int height, int pixelBytes) {
    this.format = format;
    this.file = file;
    this.width = width;
    this.height = height;
    this.pixelBytes = pixelBytes;
  }

  static OtherImage open(ImageBytes file, String format) throws IOException {
    if (format.equals("bmp")) {
      refuseImagesWithin(file);
    }
    return ImageIoReader.read(
        format,
        file,
        0,
        0,
        reader -> {
          int width = reader.getWidth(0);
          int height = reader.getHeight(0);
          return new OtherImage(format, file, width, height, pixelBytes(reader));
        });
  }

  /** A BMP for printers may hold a JPEG or a PNG of any size. */
  private static void refuseImagesWithin(ImageBytes file) throws IOException {
    file.seek(BMP_COMPRESSION);
    int compression = file.read();
    if (compression == 4 || compression == 5) {
      throw new Unsupported(
          "is a BMP with a %s in it. Save it as PNG or JPEG."
              .formatted(compression == 4 ? "JPEG" : "PNG"));
    }
  }

  /** The bytes of a pixel before it becomes RGB. */
  private static int pixelBytes(ImageReader reader) throws IOException {
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
    if (!types.hasNext()) {
      throw Unsupported.inks();
    }
    ColorModel model = types.next().getColorModel();
    if (model.getColorSpace().getType() == ColorSpace.TYPE_CMYK) {
      throw Unsupported.inks();
    }
    int bits = Arrays.stream(model.getComponentSize()).max().orElse(8);
    if (bits > 8) {
      throw Unsupported.bits(bits);
    }
    return (model.getPixelSize() + 7) / 8;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public Orientation orientation() {
    return Orientation.UPRIGHT;
  }

  @Override
  public long memory() {
    return (3L + pixelBytes) * width * height;
  }

  @Override
  public byte[] rgb() throws IOException {
    BufferedImage image = ImageIoReader.read(format, file, width, height, reader -> reader.read(0));
    return RgbSamples.of(image);
  }
}
