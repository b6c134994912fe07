package dev.inlay.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** What is left of pixels that were saved as JPEG. */
public final class JpegRoundTrip {
  private JpegRoundTrip() {}

  /**
   * Compresses and decompresses pixels.
   *
   * @param rgb (H,W,3), unsigned bytes
   * @param quality 0 to 1
   */
  public static byte[] of(int width, int height, byte[] rgb, float quality) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam options = writer.getDefaultWriteParam();
      options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      options.setCompressionQuality(quality);
      writer.setOutput(stream);
      BufferedImage picture = Pictures.of(new RgbImage(width, height, rgb));
      writer.write(null, new IIOImage(picture, null, null), options);
      stream.flush();
      return RgbImage.of(ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()))).rgb();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Memory alone is written and read.
    } finally {
      writer.dispose();
    }
  }
}
