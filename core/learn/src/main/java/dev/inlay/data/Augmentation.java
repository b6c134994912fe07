package dev.inlay.data;

import dev.inlay.Check;
import dev.inlay.InlayException;
import dev.inlay.augment.Alteration;
import dev.inlay.augment.Mosaic;
import dev.inlay.augment.Patch;
import dev.inlay.image.LabelMap;
import dev.inlay.image.RgbImage;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

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
 * @param largestShare the greatest share of a crop's counted pixels that one class may have; where
 *     it has more, or is alone, another crop is drawn, ten times at most; 1 for any
 * @param alterations further changes in their order
 */
public record Augmentation(
    int height,
    int width,
    double minScale,
    double maxScale,
    boolean flip,
    int fill,
    double largestShare,
    List<Alteration> alterations) {
  /** The mean colour of ImageNet's images; normalisation turns it into about 0. */
  public static final int MEAN_COLOR = 0x7c7468;

  private static final int LARGEST = 1 << 14;
  private static final int MOST_DRAWS = 10;

  /** Each use of random numbers has its own, so that none moves another. */
  private static final int BEFORE = 0;

  private static final int AFTER = 1;
  private static final int CHOICE = 2;

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
    Check.that(
        largestShare > 0 && largestShare <= 1,
        "The largest class's share of a crop is %s; it must be more than 0 and at most 1.",
        largestShare);
    alterations = List.copyOf(alterations);
  }

  /** The common recipe of the papers: scales by 0.5 to 2, crops, and mirrors half of the crops. */
  public static Augmentation crop(int height, int width) {
    return new Augmentation(height, width, 0.5, 2, true, MEAN_COLOR, 1, List.of());
  }

  public Augmentation withScale(double least, double greatest) {
    return new Augmentation(height, width, least, greatest, flip, fill, largestShare, alterations);
  }

  public Augmentation withFlip(boolean flips) {
    return new Augmentation(
        height, width, minScale, maxScale, flips, fill, largestShare, alterations);
  }

  public Augmentation withFill(int color) {
    return new Augmentation(
        height, width, minScale, maxScale, flip, color, largestShare, alterations);
  }

  /** The share of a crop that its largest class may have; mmsegmentation takes 0.75. */
  public Augmentation withLargestShare(double share) {
    return new Augmentation(height, width, minScale, maxScale, flip, fill, share, alterations);
  }

  /** Further changes, instead of those that were given before. */
  public Augmentation withAlterations(List<Alteration> changes) {
    return new Augmentation(height, width, minScale, maxScale, flip, fill, largestShare, changes);
  }

  /**
   * Writes one random crop of a sample into a batch.
   *
   * @param others gives the other images of a mosaic by a number of 0 to 2
   * @param ignore the ignore index, which labels the padding
   * @param seed determines scale, position, flip and all else: equal seeds give equal crops
   * @param batch of this crop's height and width
   * @param index the crop's index in the batch, from 0
   */
  void apply(
      LabelledImage sample,
      IntFunction<LabelledImage> others,
      int ignore,
      long seed,
      Batch batch,
      int index) {
    if (alterations.isEmpty()) {
      crop(sample, ignore, seed, batch, index);
      return;
    }
    if (!isMosaic(seed)) {
      crop(turned(sample, ignore, seed), ignore, seed, batch, index);
    } else {
      mosaic(sample, others, ignore, seed, batch, index);
    }
    Patch patch = batch.patch(index, fill, ignore);
    for (int i = 0; i < alterations.size(); i++) {
      alterations.get(i).after(patch, random(seed, i, AFTER));
    }
    batch.put(index, patch);
  }

  private static SplittableRandom random(long seed, int alteration, int purpose) {
    return new SplittableRandom(Seeds.mix(seed, 3L * alteration + purpose));
  }

  /** The sample as the alterations make it before the crop. */
  private LabelledImage turned(LabelledImage sample, int ignore, long seed) {
    LabelledImage turned = sample;
    for (int i = 0; i < alterations.size(); i++) {
      RgbImage image = turned.image();
      Patch whole =
          new Patch(
              image.width(), image.height(), image.rgb(), turned.labels().ids(), fill, ignore);
      Patch changed = alterations.get(i).before(whole, random(seed, i, BEFORE));
      if (changed != whole) {
        turned =
            new LabelledImage(
                new RgbImage(changed.width(), changed.height(), changed.rgb()),
                new LabelMap(changed.width(), changed.height(), changed.labels()));
      }
    }
    return turned;
  }

  private boolean isMosaic(long seed) {
    for (int i = 0; i < alterations.size(); i++) {
      if (alterations.get(i) instanceof Mosaic mosaic) {
        return random(seed, i, CHOICE).nextDouble() < mosaic.probability();
      }
    }
    return false;
  }

  /** Four crops around a point in the middle half. */
  private void mosaic(
      LabelledImage sample,
      IntFunction<LabelledImage> others,
      int ignore,
      long seed,
      Batch batch,
      int index) {
    SplittableRandom random = new SplittableRandom(~seed);
    int middleX = middle(width, random);
    int middleY = middle(height, random);
    for (int part = 0; part < 4; part++) {
      int left = part % 2 == 0 ? 0 : middleX;
      int top = part < 2 ? 0 : middleY;
      int wide = part % 2 == 0 ? middleX : width - middleX;
      int high = part < 2 ? middleY : height - middleY;
      if (wide == 0 || high == 0) {
        continue; // A crop of one pixel has no middle.
      }
      long own = Seeds.mix(seed, part);
      LabelledImage image = part == 0 ? sample : others.apply(part - 1);
      Augmentation piece =
          new Augmentation(high, wide, minScale, maxScale, flip, fill, largestShare, List.of());
      Batch one = new Batch(1, high, wide);
      piece.crop(turned(image, ignore, own), ignore, own, one, 0);
      batch.put(index, left, top, one);
    }
  }

  private static int middle(int length, SplittableRandom random) {
    return (int) Math.round(length * (0.25 + 0.5 * random.nextDouble()));
  }

  private void crop(LabelledImage sample, int ignore, long seed, Batch batch, int index) {
    SplittableRandom random = new SplittableRandom(seed);
    double scale = minScale + random.nextDouble() * (maxScale - minScale);
    RgbImage image = sample.image();
    int scaledHeight = Math.max(1, (int) Math.round(image.height() * scale));
    int scaledWidth = Math.max(1, (int) Math.round(image.width() * scale));
    int top = random.nextInt(Math.max(0, scaledHeight - height) + 1);
    int left = random.nextInt(Math.max(0, scaledWidth - width) + 1);
    boolean mirrored = random.nextBoolean() && flip;
    for (int i = 0; i < MOST_DRAWS && largestShare < 1; i++) {
      Axis rows = new Axis(image.height(), scaledHeight, top, height, false);
      Axis columns = new Axis(image.width(), scaledWidth, left, width, mirrored);
      if (isVaried(sample.labels(), ignore, rows, columns)) {
        break;
      }
      top = random.nextInt(Math.max(0, scaledHeight - height) + 1);
      left = random.nextInt(Math.max(0, scaledWidth - width) + 1);
    }
    Axis rows = new Axis(image.height(), scaledHeight, top, height, false);
    Axis columns = new Axis(image.width(), scaledWidth, left, width, mirrored);
    cropImage(image, rows, columns, batch, index);
    cropLabels(sample.labels(), ignore, rows, columns, batch, index);
  }

  /** Whether a crop has several classes, none of which has more than its share. */
  private boolean isVaried(LabelMap labels, int ignore, Axis rows, Axis columns) {
    int[] counts = new int[256];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width && !rows.isPadding(y); x++) {
        if (!columns.isPadding(x)) {
          counts[labels.id(columns.nearest(x), rows.nearest(y))]++;
        }
      }
    }
    counts[ignore] = 0;
    int all = Arrays.stream(counts).sum();
    int largest = Arrays.stream(counts).max().orElse(0);
    return Arrays.stream(counts).filter(count -> count > 0).count() > 1
        && largest < largestShare * all;
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
