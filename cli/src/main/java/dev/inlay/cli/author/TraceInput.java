package dev.inlay.cli.author;

import dev.inlay.Check;
import dev.inlay.InlayException;
import dev.inlay.cli.common.ImageSize;
import dev.inlay.image.ImageFile;
import dev.inlay.image.LabelMap;
import dev.inlay.image.Pictures;
import dev.inlay.image.RgbImage;
import dev.inlay.torch.BatchSize;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The images of a traced run: one picture, and for a larger batch its mirror image in turn, or test
 * cards that differ.
 *
 * @param first the first of them
 * @param size of the batch
 * @param pixels bytes (B,H,W,3) in a direct buffer
 */
record TraceInput(RgbImage first, BatchSize size, ByteBuffer pixels) {

  private static final long SEED = 5;
  private static final String DEFAULT = "3x256x256";

  /**
   * Makes the images.
   *
   * @param image a file; null for test cards
   * @param input the size as the user writes it; null for the file's own
   * @param least how many images there must be
   */
  static TraceInput of(@Nullable Path image, @Nullable String input, int least) {
    RgbImage read = image == null ? null : ImageFile.read(image);
    ImageSize asked =
        read == null || input != null
            ? ImageSize.parse(input == null ? DEFAULT : input)
            : new ImageSize(1, read.height(), read.width());
    boolean numbered = input != null && input.strip().split("x", -1).length == 4;
    Check.that(
        !numbered || asked.batch() >= least,
        "--input is '%s', a batch of %d; --backward needs %d or more, so that batch normalisation has more than one value.",
        String.valueOf(input),
        asked.batch(),
        least);
    int batch = Math.max(least, asked.batch());
    RgbImage first =
        read == null
            ? TestCard.of(asked.width(), asked.height(), SEED)
            : scaled(read, asked.width(), asked.height());
    long bytes = (long) batch * first.rgb().length;
    Check.that(
        bytes <= Integer.MAX_VALUE,
        "%d images of %dx%d are too large to trace. Give a smaller --input.",
        batch,
        first.width(),
        first.height());
    ByteBuffer pixels = ByteBuffer.allocateDirect((int) bytes);
    for (int i = 0; i < batch; i++) {
      pixels.put(
          read == null
              ? TestCard.of(first.width(), first.height(), SEED + i).rgb()
              : turned(first, i));
    }
    BatchSize size = new BatchSize(batch, first.height(), first.width());
    return new TraceInput(first, size, pixels.rewind());
  }

  private static byte[] turned(RgbImage image, int place) {
    return place % 2 == 0 ? image.rgb() : mirrored(image.rgb(), image.width(), 3);
  }

  private static byte[] mirrored(byte[] rows, int width, int depth) {
    byte[] mirrored = new byte[rows.length];
    for (int pixel = 0; pixel < rows.length / depth; pixel++) {
      int row = pixel / width;
      int to = row * width + width - 1 - pixel % width;
      System.arraycopy(rows, pixel * depth, mirrored, to * depth, depth);
    }
    return mirrored;
  }

  private static RgbImage scaled(RgbImage image, int width, int height) {
    if (image.width() == width && image.height() == height) {
      return image;
    }
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(Pictures.of(image), 0, 0, width, height, null);
    graphics.dispose();
    return RgbImage.of(picture);
  }

  /** Random class ids (B,H,W), in a direct buffer. */
  ByteBuffer randomLabels(int classes) {
    SplittableRandom random = new SplittableRandom(SEED);
    int count = pixels.capacity() / 3;
    ByteBuffer labels = ByteBuffer.allocateDirect(count);
    for (int i = 0; i < count; i++) {
      labels.put((byte) random.nextInt(classes));
    }
    return labels.rewind();
  }

  /**
   * The class ids (B,H,W) of a file, turned as the images are, in a direct buffer.
   *
   * @throws InlayException if the file is no label map of this size, or has an id that is no class
   */
  ByteBuffer labels(Path file, int classes, int ignored) {
    LabelMap map = LabelMap.read(file);
    Check.that(
        map.width() == size.width() && map.height() == size.height(),
        "%s is %dx%d, but the image is %dx%d. Give labels of the image's size.",
        file,
        map.width(),
        map.height(),
        size.width(),
        size.height());
    for (byte id : map.ids()) {
      int number = id & 255;
      Check.that(
          number < classes || number == ignored,
          "%s has the id %d; ids must be 0 to %d, or %d for pixels to ignore.",
          file,
          number,
          classes - 1,
          ignored);
    }
    ByteBuffer labels = ByteBuffer.allocateDirect(pixels.capacity() / 3);
    for (int i = 0; i < size.batch(); i++) {
      labels.put(i % 2 == 0 ? map.ids() : mirrored(map.ids(), map.width(), 1));
    }
    return labels.rewind();
  }
}
