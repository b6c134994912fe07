package dev.inlay.image;

import dev.inlay.InlayException;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Reads and writes label maps as PNG: pixel values or palette indices are the ids. */
final class LabelFile {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int HEADER = 26;
  private static final int LARGEST_MEGAPIXELS = 200;

  private LabelFile() {}

  static LabelMap read(Path file) {
    ImageFile.check(file, "a label map");
    try {
      byte[] bytes = Files.readAllBytes(file);
      checkHeader(bytes, file);
      return decode(bytes, file);
    } catch (IOException e) {
      throw new InlayException(
          "%s cannot be read (%s). Check its permissions.".formatted(file, e.getMessage()), e);
    }
  }

  private static void checkHeader(byte[] bytes, Path file) {
    if (bytes.length > 2 && (bytes[0] & 255) == 0xff && (bytes[1] & 255) == 0xd8) {
      throw new InlayException(
          "%s is a JPEG, but JPEG compression changes label ids. Save label maps as 8-bit grey or palette PNG."
              .formatted(file));
    }
    if (!Arrays.equals(SIGNATURE, Arrays.copyOf(bytes, SIGNATURE.length))) {
      throw new InlayException(
          "%s is not a PNG. Save label maps as 8-bit grey or palette PNG.".formatted(file));
    }
    if (bytes.length < HEADER) {
      throw new InlayException("%s is cut off. Fetch or save it again.".formatted(file));
    }
    int width = ByteBuffer.wrap(bytes).getInt(16);
    int height = ByteBuffer.wrap(bytes).getInt(20);
    int bits = bytes[24];
    switch (bytes[25]) {
      case 0, 3 -> {}
      case 4 -> throw refused(file, "a grey PNG with transparency");
      default -> throw refused(file, "a colour PNG (RGB)");
    }
    if (bits > 8) {
      throw refused(file, "a PNG with %d bits per pixel".formatted(bits));
    }
    if ((long) width * height > LARGEST_MEGAPIXELS * 1_000_000L) {
      throw new InlayException(
          "%s is %dx%d, more than %d megapixels. Cut it into smaller label maps."
              .formatted(file, width, height, LARGEST_MEGAPIXELS));
    }
  }

  private static InlayException refused(Path file, String what) {
    return new InlayException(
        "%s is %s, but a label map holds one id of 8 bits for each pixel. Save it as 8-bit grey or palette PNG."
            .formatted(file, what));
  }

  private static LabelMap decode(byte[] bytes, Path file) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("png");
    ImageReader reader = readers.next();
    try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(stream, true, true);
      Raster raster = reader.read(0).getRaster();
      int width = raster.getWidth();
      byte[] ids = new byte[width * raster.getHeight()];
      int[] row = new int[width];
      for (int y = 0, at = 0; y < raster.getHeight(); y++) {
        // Band 0 holds the palette index, or the stored value of a grey image.
        raster.getSamples(0, y, width, 1, 0, row);
        for (int id : row) {
          ids[at++] = (byte) id;
        }
      }
      return new LabelMap(width, raster.getHeight(), ids);
    } catch (IOException | RuntimeException e) {
      throw new InlayException(
          "%s is damaged or cut off (%s). Fetch or save it again.".formatted(file, e.getMessage()),
          e);
    } finally {
      reader.dispose();
    }
  }

  static void write(LabelMap labels, Path file, Palette classes) {
    byte[][] colors = new byte[3][256];
    for (int id = 0; id < classes.size(); id++) {
      int color = classes.color(id);
      colors[0][id] = (byte) (color >> 16);
      colors[1][id] = (byte) (color >> 8);
      colors[2][id] = (byte) color;
    }
    BufferedImage image =
        new BufferedImage(
            labels.width(),
            labels.height(),
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, 256, colors[0], colors[1], colors[2]));
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    System.arraycopy(labels.ids(), 0, pixels, 0, pixels.length);
    ImageFile.writePng(file, image);
  }
}
