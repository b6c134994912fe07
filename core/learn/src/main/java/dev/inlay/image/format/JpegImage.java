package dev.inlay.image.format;

import java.awt.Transparency;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;

/** A JPEG of one or three components: its pixels are decoded into the result itself. */
final class JpegImage implements ImagePixels {
  private final ImageBytes file;
  private final JpegHeader header;

  private JpegImage(ImageBytes file, JpegHeader header) {
    this.file = file;
    this.header = header;
  }

  static JpegImage open(ImageBytes file) throws IOException {
    JpegHeader header = JpegHeader.read(file, 0, file.length());
    if (header.components() == 4) {
      throw Unsupported.inks();
    }
    if (header.components() != 1 && header.components() != 3) {
      throw Unsupported.bands(header.components());
    }
    if (header.bits() != 8) {
      throw Unsupported.bits(header.bits());
    }
    if (header.isLab()) {
      throw Unsupported.colors("CIELab");
    }
    if (header.process() > 2) {
      throw new Unsupported(
          "is a JPEG that is %s, which is not read. Save it as a baseline JPEG or as PNG."
              .formatted(form(header.process())));
    }
    return new JpegImage(file, header);
  }

  private static String form(int process) {
    if (process == 3 || process == JpegHeader.JPEG_LS) {
      return "lossless";
    }
    return process < 9 ? "hierarchical" : "coded arithmetically";
  }

  @Override
  public int width() {
    return header.width();
  }

  @Override
  public int height() {
    return header.height();
  }

  @Override
  public Orientation orientation() {
    return header.orientation();
  }

  @Override
  public long memory() {
    return (header.components() == 3 ? 3L : 4L) * width() * height();
  }

  @Override
  public byte[] rgb() throws IOException {
    return ImageIoReader.read("jpeg", file, width(), height(), this::decode);
  }

  private byte[] decode(ImageReader reader) throws IOException {
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
    if (!types.hasNext()) {
      throw Unsupported.inks();
    }
    ColorModel usual = types.next().getColorModel();
    if (usual.getNumComponents() != 3) {
      BufferedImage image = reader.read(0);
      byte[] rgb = new byte[3 * width() * height()];
      RgbSamples.copy(image, rgb, 0);
      return rgb;
    }
    // The usual colour space, because another one would make the reader convert the pixels.
    byte[] rgb = new byte[3 * width() * height()];
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(rgb, rgb.length),
            width(),
            height(),
            3 * width(),
            3,
            new int[] {0, 1, 2},
            null);
    ColorModel model =
        new ComponentColorModel(
            usual.getColorSpace(), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
    ImageReadParam into = reader.getDefaultReadParam();
    into.setDestination(new BufferedImage(model, raster, false, null));
    reader.read(0, into);
    return rgb;
  }
}
