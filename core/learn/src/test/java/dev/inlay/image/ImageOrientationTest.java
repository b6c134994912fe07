package dev.inlay.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images stand upright after reading, whichever format carries the tag and wherever it stands. */
final class ImageOrientationTest {
  private static final List<ByteOrder> ORDERS =
      List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);

  /** The rows of the image "abc / def" as it is stored, and turned for each value. */
  private static final String[] TURNED = {
    "abc/def", "cba/fed", "fed/cba", "def/abc", "ad/be/cf", "da/eb/fc", "fc/eb/da", "cf/be/ad"
  };

  /** In blocks of 16 x 16 pixels, which keep their colours in a JPEG. */
  private static final int BLOCK = 16;

  @TempDir Path folder;

  private static RgbImage letters(String rows, int block) {
    String[] lines = rows.split("/", -1);
    int width = block * lines[0].length();
    byte[] rgb = new byte[3 * width * block * lines.length];
    for (int i = 0; i < rgb.length; i += 3) {
      int x = i / 3 % width / block;
      int y = i / 3 / width / block;
      rgb[i] = (byte) (40 * (lines[y].charAt(x) - 'a'));
      rgb[i + 1] = (byte) (250 - rgb[i]);
    }
    return new RgbImage(width, block * lines.length, rgb);
  }

  private static String letters(RgbImage image, int block) {
    StringBuilder rows = new StringBuilder();
    for (int y = block / 2; y < image.height(); y += block) {
      rows.append(y == block / 2 ? "" : "/");
      for (int x = block / 2; x < image.width(); x += block) {
        rows.append((char) ('a' + Math.round((image.color(x, y) >> 16) / 40f)));
      }
    }
    return rows.toString();
  }

  private String read(byte[] bytes, int block) throws IOException {
    return letters(ImageFile.read(Files.write(folder.resolve("image"), bytes)), block);
  }

  private static byte[] stored(String format, int block) throws IOException {
    return TestImages.encoded(TestImages.buffered(letters(TURNED[0], block)), format);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyValueIsAppliedInEveryFormat(int value) throws IOException {
    for (ByteOrder order : ORDERS) {
      byte[] exif = TestBytes.exif(value, order);
      String turned = TURNED[value - 1];
      assertThat(read(TestBytes.withExif(stored("jpg", BLOCK), exif), BLOCK)).isEqualTo(turned);
      byte[] png = stored("png", 1);
      byte[] chunk = TestBytes.chunk("eXIf", exif);
      assertThat(read(TestBytes.withChunk(png, chunk, false), 1)).isEqualTo(turned);
      assertThat(read(TestBytes.withChunk(png, chunk, true), 1)).isEqualTo(turned);
      assertThat(read(tiff(value, order), 1)).isEqualTo(turned);
    }
  }

  private static byte[] tiff(int value, ByteOrder order) {
    byte[] rgb = letters(TURNED[0], 1).rgb();
    return TestBytes.tiff(
        order,
        List.of(
            new TestBytes.Tag(256, 3, 3),
            new TestBytes.Tag(257, 3, 2),
            new TestBytes.Tag(258, 3, 8, 8, 8),
            new TestBytes.Tag(259, 3, 1),
            new TestBytes.Tag(262, 3, 2),
            new TestBytes.Tag(273, 4, 8 + 2 + 12 * 10 + 4 + 6),
            new TestBytes.Tag(274, 3, value),
            new TestBytes.Tag(277, 3, 3),
            new TestBytes.Tag(278, 3, 2),
            new TestBytes.Tag(279, 4, rgb.length)),
        rgb);
  }

  @Test
  void exifThatIsDamagedOrSaysNothingLeavesThePixels() throws IOException {
    byte[] whole = TestBytes.exif(6, ByteOrder.LITTLE_ENDIAN);
    byte[] far = whole.clone();
    far[7] = 0x7f;
    byte[] many = whole.clone();
    many[8] = (byte) 0xff;
    many[9] = (byte) 0xff;
    Arrays.fill(many, 10, 12, (byte) 0);
    for (byte[] exif :
        List.of(
            new byte[0],
            new byte[100],
            "II".getBytes(StandardCharsets.US_ASCII),
            Arrays.copyOf(whole, 15),
            far,
            many,
            TestBytes.exif(0, ByteOrder.BIG_ENDIAN),
            TestBytes.exif(9, ByteOrder.BIG_ENDIAN),
            TestBytes.exif(6 << 8, ByteOrder.BIG_ENDIAN))) {
      assertThat(read(TestBytes.withExif(stored("jpg", BLOCK), exif), BLOCK)).isEqualTo(TURNED[0]);
      byte[] chunk = TestBytes.chunk("eXIf", exif);
      assertThat(read(TestBytes.withChunk(stored("png", 1), chunk, false), 1)).isEqualTo(TURNED[0]);
    }
  }

  @Test
  void theFirstOfTwoExifSegmentsHolds() throws IOException {
    byte[] second =
        TestBytes.withExif(stored("jpg", BLOCK), TestBytes.exif(3, ByteOrder.BIG_ENDIAN));
    byte[] both = TestBytes.withExif(second, TestBytes.exif(6, ByteOrder.BIG_ENDIAN));
    assertThat(read(both, BLOCK)).isEqualTo(TURNED[5]);
  }

  @Test
  void aLabelMapIsTurnedByItsOwnTag() throws IOException {
    Path plain = folder.resolve("plain.png");
    LabelMap labels = new LabelMap(3, 2, new byte[] {1, 2, 3, 4, 5, 6});
    labels.write(
        plain,
        new Palette() {
          @Override
          public int size() {
            return 7;
          }

          @Override
          public int color(int id) {
            return id;
          }

          @Override
          public String name(int id) {
            return String.valueOf(id);
          }
        });
    byte[] chunk = TestBytes.chunk("eXIf", TestBytes.exif(6, ByteOrder.BIG_ENDIAN));
    byte[] tagged = TestBytes.withChunk(Files.readAllBytes(plain), chunk, true);
    LabelMap turned = LabelMap.read(Files.write(folder.resolve("turned.png"), tagged));
    assertThat(turned).isEqualTo(new LabelMap(2, 3, new byte[] {4, 1, 5, 2, 6, 3}));
    assertThat(LabelMap.read(plain)).isEqualTo(labels);
  }
}
