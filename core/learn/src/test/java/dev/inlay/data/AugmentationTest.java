package dev.inlay.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.InlayException;
import dev.inlay.augment.Alterations;
import dev.inlay.image.LabelMap;
import dev.inlay.image.RgbImage;
import dev.inlay.image.TestImages;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A crop equals the scaled, cropped and flipped image and its labels. */
final class AugmentationTest {
  private static final int IGNORE = 255;

  private static Batch apply(Augmentation augmentation, LabelledImage sample, long seed) {
    Batch batch = new Batch(1, augmentation.height(), augmentation.width());
    augmentation.apply(sample, other -> sample, IGNORE, seed, batch, 0);
    return batch;
  }

  private static LabelledImage sample(RgbImage image) {
    byte[] ids = new byte[image.width() * image.height()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (byte) (i % 200);
    }
    return new LabelledImage(image, new LabelMap(image.width(), image.height(), ids));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /** An image whose red is the column and green the row, so that a pixel shows its origin. */
  private static RgbImage ramp(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      rgb[3 * i] = (byte) (i % width);
      rgb[3 * i + 1] = (byte) (i / width);
      rgb[3 * i + 2] = 99;
    }
    return new RgbImage(width, height, rgb);
  }

  @Test
  void leavesAnImageAsItIsAtScaleOneAndItsOwnSize() {
    LabelledImage sample = sample(TestImages.random(9, 7));
    Batch batch = apply(Augmentation.crop(7, 9).withScale(1, 1).withFlip(false), sample, 5);
    assertThat(bytes(batch.images())).isEqualTo(sample.image().rgb());
    assertThat(bytes(batch.labels())).isEqualTo(sample.labels().ids());
  }

  @Test
  void cropsImageAndLabelsAtOnePlaceAndMirrorsBothHalfOfTheTime() {
    LabelledImage sample = sample(ramp(13, 11));
    Augmentation augmentation = Augmentation.crop(4, 5).withScale(1, 1);
    int mirrored = 0;
    Set<Integer> places = new HashSet<>();
    for (long seed = 0; seed < 200; seed++) {
      Batch batch = apply(augmentation, sample, Seeds.mix(1, seed));
      int left = batch.images().get(0);
      int top = batch.images().get(1);
      int step = batch.images().get(3) - left;
      assertThat(Math.abs(step)).isEqualTo(1);
      mirrored += step < 0 ? 1 : 0;
      places.add(100 * top + Math.min(left, left + 4 * step));
      for (int i = 0; i < 20; i++) {
        int x = left + step * (i % 5);
        int y = top + i / 5;
        assertThat(batch.images().get(3 * i)).isEqualTo((byte) x);
        assertThat(batch.images().get(3 * i + 1)).isEqualTo((byte) y);
        assertThat(batch.labels().get(i)).isEqualTo((byte) sample.labels().id(x, y));
      }
    }
    assertThat(mirrored).isBetween(70, 130);
    assertThat(places).hasSizeGreaterThan(55).contains(0, 8, 700, 708);
  }

  @Test
  void goesOnWithTheFillAndTheIgnoredIdBeyondASmallImage() {
    LabelledImage sample = sample(ramp(3, 2));
    Batch batch =
        apply(
            Augmentation.crop(4, 5).withScale(1, 1).withFlip(false).withFill(0x010203), sample, 1);
    assertThat(bytes(batch.labels()))
        .containsExactly(
            0, 1, 2, -1, -1, //
            3, 4, 5, -1, -1, //
            -1, -1, -1, -1, -1, //
            -1, -1, -1, -1, -1);
    for (int i = 0; i < 20; i++) {
      boolean inside = i % 5 < 3 && i / 5 < 2;
      assertThat(batch.images().get(3 * i + 2)).isEqualTo((byte) (inside ? 99 : 3));
      assertThat(batch.images().get(3 * i)).isEqualTo((byte) (inside ? i % 5 : 1));
    }
  }

  @Test
  void interpolatesBilinearlyBetweenCentresWhenItEnlarges() {
    RgbImage image = new RgbImage(2, 1, new byte[] {0, 0, 0, 100, 100, 100});
    Batch batch = apply(Augmentation.crop(2, 4).withScale(2, 2).withFlip(false), sample(image), 1);
    byte[] row = {0, 25, 75, 100};
    for (int i = 0; i < 8; i++) {
      assertThat(batch.images().get(3 * i)).isEqualTo(row[i % 4]);
      assertThat(batch.labels().get(i)).isEqualTo((byte) (i % 4 / 2));
    }
  }

  @Test
  void averagesWhatAPixelCoversWhenItShrinks() {
    // Stripes of one pixel: nearest neighbour gives black or white, an average gives grey.
    byte[] rgb = new byte[3 * 64 * 8];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i / 3 % 2 * 255);
    }
    Batch batch =
        apply(
            Augmentation.crop(4, 32).withScale(0.5, 0.5).withFlip(false),
            sample(new RgbImage(64, 8, rgb)),
            1);
    for (int x = 1; x < 31; x++) {
      assertThat(batch.images().get(3 * x) & 255).isCloseTo(127, within(2));
    }
  }

  @Test
  void agreesWithScalingTheWholeImageByEachPixelsOwnFormula() {
    LabelledImage sample = sample(TestImages.random(17, 12));
    for (double scale : new double[] {0.6, 1.3, 1.9}) {
      int width = (int) Math.round(17 * scale);
      int height = (int) Math.round(12 * scale);
      Batch batch =
          apply(
              Augmentation.crop(height, width).withScale(scale, scale).withFlip(false), sample, 3);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int at = 3 * (y * width + x);
          assertThat((double) (batch.images().get(at) & 255))
              .isCloseTo(triangle(sample.image(), x, y, width, height), within(0.75));
        }
      }
    }
  }

  /** One pixel of the scaled image, by the definition. */
  private static double triangle(RgbImage image, int x, int y, int width, int height) {
    double across = (double) image.width() / width;
    double down = (double) image.height() / height;
    double sum = 0;
    double weights = 0;
    for (int v = 0; v < image.height(); v++) {
      for (int u = 0; u < image.width(); u++) {
        double weight =
            Math.max(0, 1 - Math.abs(u + 0.5 - (x + 0.5) * across) / Math.max(1, across))
                * Math.max(0, 1 - Math.abs(v + 0.5 - (y + 0.5) * down) / Math.max(1, down));
        sum += weight * (image.color(u, v) >> 16);
        weights += weight;
      }
    }
    return sum / weights;
  }

  @Test
  void makesTheSameOfTheSameSeedOnly() {
    LabelledImage sample = sample(TestImages.random(40, 30));
    Augmentation augmentation = Augmentation.crop(16, 16);
    byte[] one = bytes(apply(augmentation, sample, 1).images());
    assertThat(bytes(apply(augmentation, sample, 1).images())).isEqualTo(one);
    assertThat(bytes(apply(augmentation, sample, 2).images())).isNotEqualTo(one);
  }

  @Test
  void refusesCropsAndScalesThatAreNone() {
    assertThatThrownBy(() -> Augmentation.crop(0, 8))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "The crop is 0x8 (height x width), but each side must be 1 to 16384 pixels."
                + " Correct the crop.");
    for (double[] bad : new double[][] {{2, 1}, {0, 1}, {1, 21}, {Double.NaN, 1}}) {
      assertThatThrownBy(() -> Augmentation.crop(8, 8).withScale(bad[0], bad[1]))
          .isInstanceOf(InlayException.class)
          .hasMessage(
              "The scale is %s to %s, but the range must ascend and lie within 0.05 to 20, such as 0.5 to 2."
                  .formatted(bad[0], bad[1]));
    }
  }

  /** Two halves of one class each, and a corner of another. */
  private static LabelledImage halves() {
    byte[] ids = new byte[64 * 64];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (byte) (i % 64 < 48 ? 1 : 2);
    }
    return new LabelledImage(TestImages.random(64, 64), new LabelMap(64, 64, ids));
  }

  private static double largestShare(Batch batch) {
    int[] counts = new int[256];
    for (byte id : bytes(batch.labels())) {
      counts[id & 255]++;
    }
    return Math.max(counts[1], counts[2]) / (double) (counts[1] + counts[2]);
  }

  @Test
  void cropsOfOneClassAreDrawnAgain() {
    Augmentation any = Augmentation.crop(16, 16).withScale(1, 1);
    Augmentation varied = any.withLargestShare(0.75);
    int before = 0;
    int after = 0;
    for (int seed = 0; seed < 200; seed++) {
      before += largestShare(apply(any, halves(), seed)) >= 0.75 ? 1 : 0;
      after += largestShare(apply(varied, halves(), seed)) >= 0.75 ? 1 : 0;
    }
    assertThat(before).isGreaterThan(150);
    assertThat(after).isLessThan(before / 2);
    assertThatThrownBy(() -> any.withLargestShare(0))
        .hasMessage(
            "The largest class's share of a crop is 0.0; it must be more than 0 and at most 1.");
  }

  @Test
  void alterationsChangeTheCropAndNotItsPlace() {
    LabelledImage sample = sample(TestImages.random(40, 30));
    Augmentation plain = Augmentation.crop(16, 16);
    Augmentation altered =
        plain.withAlterations(Alterations.parse("photometric | blur(probability=1)"));
    Batch one = apply(plain, sample, 7);
    Batch other = apply(altered, sample, 7);
    assertThat(bytes(other.labels())).isEqualTo(bytes(one.labels()));
    assertThat(bytes(other.images())).isNotEqualTo(bytes(one.images()));
    assertThat(bytes(apply(altered, sample, 7).images())).isEqualTo(bytes(other.images()));
  }

  @Test
  void aMosaicIsMadeOfFourImages() {
    Augmentation mosaic =
        Augmentation.crop(16, 24)
            .withScale(2, 2)
            .withAlterations(Alterations.parse("mosaic(probability=1)"));
    Batch batch = new Batch(1, 16, 24);
    mosaic.apply(one(10), other -> one(11 + other), IGNORE, 3, batch, 0);
    byte[] ids = bytes(batch.labels());
    assertThat(ids).containsOnly(10, 11, 12, 13).contains(10, 11, 12, 13);
    assertThat(List.of(ids[0], ids[23], ids[15 * 24], ids[16 * 24 - 1]))
        .containsExactly((byte) 10, (byte) 11, (byte) 12, (byte) 13);
  }

  private static LabelledImage one(int id) {
    byte[] ids = new byte[32 * 32];
    Arrays.fill(ids, (byte) id);
    return new LabelledImage(TestImages.random(32, 32, id), new LabelMap(32, 32, ids));
  }

  /** Trainings of earlier versions are repeated: the digest is of crops before there were more. */
  @Test
  void theCropsOfASeedStayWhatTheyWere() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int seed = 0; seed < 20; seed++) {
      Batch batch = apply(Augmentation.crop(24, 40), sample(TestImages.random(50, 37)), seed);
      digest.update(batch.images());
      digest.update(batch.labels());
    }
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo("8a06442436800b3bfae47e10ce435740750efe3a9289668a9f4b83b367ba26a1");
  }
}
