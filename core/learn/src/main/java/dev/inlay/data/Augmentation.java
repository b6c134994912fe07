package dev.inlay.data;

import dev.inlay.InlayException;
import dev.inlay.image.LabelMap;
import dev.inlay.image.RgbImage;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Random augmentation: scales an image, crops it, and mirrors half of the crops.
 *
 * <p>Images are interpolated bilinearly with antialiasing, labels by nearest neighbour. A scaled
 * image that is smaller than the crop is padded on the right and at the bottom: the image with one
 * colour, the labels with the ignore index.
 *
 * @param height of the crop, in pixels
 * @param width of the crop, in pixels
 * @param minScale the least scale factor of height and width, 0.05 or more
 * @param maxScale the greatest scale factor, 20 or less
 * @param flip whether half of the crops are mirrored left to right
 * @param fill the colour of the padding, 0xRRGGBB
 */
public record Augmentation(
    int height, int width, double minScale, double maxScale, boolean flip, int fill) {
  /** The mean colour of ImageNet's images; normalisation turns it into about 0. */
  public static final int MEAN_COLOR = 0x7c7468;

  private static final int LARGEST = 1 << 14;

  /** Checks the crop's size and the range of scales. */
  public Augmentation {
    if (height < 1 || width < 1 || height > LARGEST || width > LARGEST) {
      throw new InlayException(
          "The crop is %dx%d (height x width), but each side must be 1 to %d pixels. Correct the crop."
              .formatted(height, width, LARGEST));
    }
    // Written so that it refuses NaN as well.
    if (!(minScale >= 0.05 && minScale <= maxScale && maxScale <= 20)) {
      throw new InlayException(
          "The scale is %s to %s, but the range must ascend and lie within 0.05 to 20, such as 0.5 to 2."
              .formatted(minScale, maxScale));
    }
  }

  /** The common recipe of the papers: scales by 0.5 to 2, crops, and mirrors half of the crops. */
  public static Augmentation crop(int height, int width) {
    return new Augmentation(height, width, 0.5, 2, true, MEAN_COLOR);
  }

  public Augmentation withScale(double least, double greatest) {
    return new Augmentation(height, width, least, greatest, flip, fill);
  }

  public Augmentation withFlip(boolean flips) {
    return new Augmentation(height, width, minScale, maxScale, flips, fill);
  }

  public Augmentation withFill(int color) {
    return new Augmentation(height, width, minScale, maxScale, flip, color);
  }

  /**
   * Writes one random crop of a sample into a batch.
   *
   * @param ignore the ignore index, which labels the padding
   * @param seed determines scale, position and flip: equal seeds give equal crops
   * @param batch of this crop's height and width
   * @param index the crop's index in the batch, from 0
   */
  void apply(LabelledImage sample, int ignore, long seed, Batch batch, int index) {
    SplittableRandom random = new SplittableRandom(seed);
    double scale = minScale + random.nextDouble() * (maxScale - minScale);
    RgbImage image = sample.image();
    int scaledHeight = Math.max(1, (int) Math.round(image.height() * scale));
    int scaledWidth = Math.max(1, (int) Math.round(image.width() * scale));
    int top = random.nextInt(Math.max(0, scaledHeight - height) + 1);
    int left = random.nextInt(Math.max(0, scaledWidth - width) + 1);
    boolean mirrored = random.nextBoolean() && flip;
    Axis rows = new Axis(image.height(), scaledHeight, top, height, false);
    Axis columns = new Axis(image.width(), scaledWidth, left, width, mirrored);
    cropImage(image, rows, columns, batch, index);
    cropLabels(sample.labels(), ignore, rows, columns, batch, index);
  }

  private void cropImage(RgbImage image, Axis rows, Axis columns, Batch batch, int index) {
    int low = image.height();
    int high = 0;
    for (int y = 0; y < height; y++) {
      if (!rows.isPadding(y)) {
        low = Math.min(low, rows.first(y));
        high = Math.max(high, rows.first(y) + rows.count(y));
      }
    }
    int length = 3 * width;
    // Rows that are scaled horizontally only, as fixed-point numbers with 7 fractional bits.
    short[] across = new short[Math.max(0, high - low) * length];
    for (int y = low; y < high; y++) {
      scaleRow(image, y, columns, across, (y - low) * length);
    }
    int[] sums = new int[length];
    byte[] row = new byte[length];
    for (int y = 0; y < height; y++) {
      if (rows.isPadding(y)) {
        for (int x = 0; x < width; x++) {
          put(row, 3 * x, fill);
        }
      } else {
        Arrays.fill(sums, Axis.ONE << 6);
        for (int k = 0; k < rows.count(y); k++) {
          int weight = rows.weight(y, k);
          int from = (rows.first(y) + k - low) * length;
          for (int i = 0; i < length; i++) {
            sums[i] += weight * across[from + i];
          }
        }
        for (int i = 0; i < length; i++) {
          row[i] = (byte) (sums[i] >> 19);
        }
        for (int x = 0; x < width; x++) {
          if (columns.isPadding(x)) {
            put(row, 3 * x, fill);
          }
        }
      }
      batch.putImageRow(index, y, row);
    }
  }

  private static void scaleRow(RgbImage image, int y, Axis columns, short[] across, int at) {
    byte[] rgb = image.rgb();
    int start = 3 * y * image.width();
    for (int x = 0, to = at; x < columns.length(); x++) {
      int red = 16;
      int green = 16;
      int blue = 16;
      int from = start + 3 * columns.first(x);
      for (int k = 0; k < columns.count(x); k++, from += 3) {
        int weight = columns.weight(x, k);
        red += weight * (rgb[from] & 255);
        green += weight * (rgb[from + 1] & 255);
        blue += weight * (rgb[from + 2] & 255);
      }
      across[to++] = (short) (red >> 5);
      across[to++] = (short) (green >> 5);
      across[to++] = (short) (blue >> 5);
    }
  }

  private void cropLabels(
      LabelMap labels, int ignore, Axis rows, Axis columns, Batch batch, int index) {
    byte[] row = new byte[width];
    for (int y = 0; y < height; y++) {
      int start = rows.nearest(y) * labels.width();
      for (int x = 0; x < width; x++) {
        row[x] =
            rows.isPadding(y) || columns.isPadding(x)
                ? (byte) ignore
                : labels.ids()[start + columns.nearest(x)];
      }
      batch.putLabelRow(index, y, row);
    }
  }

  private static void put(byte[] row, int at, int color) {
    row[at] = (byte) (color >> 16);
    row[at + 1] = (byte) (color >> 8);
    row[at + 2] = (byte) color;
  }
}
