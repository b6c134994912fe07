package dev.inlay.image;

import dev.inlay.InlayException;
import dev.inlay.image.format.ImagePixels;
import dev.inlay.image.format.PngImage;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Whether Java's memory holds an image. Where it does not, that is a message about the image, and
 * other images can still be read.
 *
 * @param bytes what reading it takes, about
 */
record ImageMemory(Path file, int width, int height, long bytes) {
  private static final long MEGA = 1L << 20;
  private static final long GIGA = 1L << 30;

  /** The memory for an image in colour; turning it takes a second copy. */
  static ImageMemory of(ImagePixels pixels, Path file) {
    long pixel = pixels.orientation().isUpright() ? 0 : 3;
    return new ImageMemory(
        file,
        pixels.width(),
        pixels.height(),
        pixels.memory() + pixel * pixels.width() * pixels.height());
  }

  /** The memory for a label map. */
  static ImageMemory ofIds(PngImage png, Path file) {
    long pixel = png.orientation().isUpright() ? 1 : 2;
    return new ImageMemory(file, png.width(), png.height(), pixel * png.width() * png.height());
  }

  /**
   * Runs what reads the image.
   *
   * @throws InlayException that says how much is needed if there is less memory or it runs out
   */
  <T> T within(Supplier<T> reading) {
    if (bytes > Runtime.getRuntime().maxMemory()) {
      throw new InlayException(message());
    }
    try {
      return reading.get();
    } catch (OutOfMemoryError e) {
      throw new InlayException(message(), e);
    }
  }

  private String message() {
    return "%s is %dx%d: reading it needs about %d MB, but Java has %d MB for everything. Give Java more, as in INLAY_JAVA_OPTS=-Xmx%dg, or cut the image into smaller ones."
        .formatted(
            file,
            width,
            height,
            1 + bytes / MEGA,
            Runtime.getRuntime().maxMemory() / MEGA,
            2 + 3 * bytes / GIGA);
  }
}
