package dev.inlay.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Images made for tests. */
public final class TestImages {
  private TestImages() {}

  public static BufferedImage buffered(RgbImage image) {
    BufferedImage made = new BufferedImage(image.width(), image.height(), 1);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        made.setRGB(x, y, image.color(x, y));
      }
    }
    return made;
  }

  /** Random pixels, always the same. */
  public static RgbImage random(int width, int height) {
    return random(width, height, width);
  }

  public static RgbImage random(int width, int height, long seed) {
    byte[] rgb = new byte[3 * width * height];
    new Random(seed).nextBytes(rgb);
    return new RgbImage(width, height, rgb);
  }

  public static byte[] encoded(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, bytes)) {
      throw new IOException("no writer for " + format);
    }
    return bytes.toByteArray();
  }
}
