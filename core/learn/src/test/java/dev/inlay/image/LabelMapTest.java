package dev.inlay.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import dev.inlay.data.ClassList;
import dev.inlay.data.TestSamples;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A PNG keeps its label ids; files that could change them are refused. */
final class LabelMapTest {
  private static final ClassList CLASSES = TestSamples.classes();

  @TempDir Path folder;

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> LabelMap.read(file))
        .isInstanceOf(InlayException.class)
        .hasMessage(file + message);
  }

  /** A minimal grey PNG, because Java's writer creates a palette of few bits. */
  private static byte[] greyPng(int width, int height, int bits, byte[] packedRows)
      throws IOException {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) bits).put(new byte[4]);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(packed)) {
      int stride = packedRows.length / height;
      for (int y = 0; y < height; y++) {
        deflater.write(0);
        deflater.write(packedRows, y * stride, stride);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(0x89504e470d0a1a0aL);
    chunk(out, "IHDR", header.array());
    chunk(out, "IDAT", packed.toByteArray());
    chunk(out, "IEND", new byte[0]);
    return bytes.toByteArray();
  }

  private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 check = new CRC32();
    check.update(name);
    check.update(content);
    out.writeInt(content.length);
    out.write(name);
    out.write(content);
    out.writeInt((int) check.getValue());
  }

  @Test
  void readsTheValuesOfAGreyPng() throws IOException {
    byte[] ids = {0, 1, 11, (byte) 255, 128 - 256, 7};
    LabelMap labels = LabelMap.read(file("a.png", greyPng(3, 2, 8, ids)));
    assertThat(labels.ids()).isEqualTo(ids);
    assertThat(labels.id(0, 1)).isEqualTo(255);
    assertThat(labels.width()).isEqualTo(3);
  }

  @Test
  void doesNotScaleTheValuesOfAGreyPngOfFewBits() throws IOException {
    assertThat(LabelMap.read(file("4.png", greyPng(2, 2, 4, new byte[] {0x12, 0x3f}))).ids())
        .containsExactly(1, 2, 3, 15);
    assertThat(LabelMap.read(file("2.png", greyPng(4, 1, 2, new byte[] {0x1b}))).ids())
        .containsExactly(0, 1, 2, 3);
    assertThat(LabelMap.read(file("1.png", greyPng(8, 1, 1, new byte[] {0x2d}))).ids())
        .containsExactly(0, 0, 1, 0, 1, 1, 0, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void takesTheIndicesOfAPaletteAndNotItsColours(int bits) throws IOException {
    int size = 1 << bits;
    byte[] shades = new byte[size];
    for (int i = 0; i < size; i++) {
      shades[i] = (byte) (255 - 3 * i);
    }
    IndexColorModel palette = new IndexColorModel(bits, size, shades, shades, new byte[size]);
    int kind = bits == 8 ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_BYTE_BINARY;
    BufferedImage image = new BufferedImage(size, 1, kind, palette);
    byte[] expected = new byte[size];
    for (int i = 0; i < size; i++) {
      image.getRaster().setSample(i, 0, 0, i);
      expected[i] = (byte) i;
    }
    assertThat(LabelMap.read(file("a.png", TestImages.encoded(image, "png"))).ids())
        .isEqualTo(expected);
  }

  @Test
  void writesIdsThatReadTheSameAndShowTheClassesColours() throws IOException {
    LabelMap labels = new LabelMap(3, 2, new byte[] {0, 1, 2, 5, (byte) 255, 77});
    Path file = folder.resolve("deep/er/a.png");
    labels.write(file, CLASSES);
    assertThat(LabelMap.read(file)).isEqualTo(labels);
    BufferedImage shown = ImageIO.read(file.toFile());
    assertThat(shown.getRGB(1, 0) & 0xffffff).isEqualTo(CLASSES.color(1));
    assertThat(shown.getRGB(1, 1) & 0xffffff).isEqualTo(0);
    try (Stream<Path> left = Files.list(file.getParent())) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void refusesWhatIsNoLabelFile() throws IOException {
    assertRefused(folder.resolve("no.png"), " does not exist. Check the path.");
    assertRefused(folder, " is a folder, not a label map. Name a file.");
    assertRefused(
        file("empty.png", new byte[0]),
        " is empty (0 bytes), not a label map. Fetch or save it again.");
    assertRefused(
        file("a.bmp", TestImages.encoded(new BufferedImage(2, 2, 1), "bmp")),
        " is a BMP image, not a PNG. Save label maps as 8-bit grey or palette PNG.");
    assertRefused(
        file("a.jpg", TestImages.encoded(new BufferedImage(2, 2, 1), "jpg")),
        " is a JPEG, but JPEG compression changes label ids. Save label maps as 8-bit grey or"
            + " palette PNG.");
  }

  @Test
  void refusesColourAndDepthThatAreNoIds() throws IOException {
    String rule =
        ", but a label map holds one id of 8 bits for each pixel. Save it as 8-bit grey PNG.";
    String colors =
        ", but a label map holds one id of 8 bits for each pixel. Have its colours read with labels:"
            + " {kind: colors} in dataset.yaml, or save the ids as 8-bit grey PNG.";
    assertRefused(
        file("rgb.png", TestImages.encoded(new BufferedImage(2, 2, 1), "png")),
        " is a colour PNG (RGB)" + colors);
    assertRefused(
        file("rgba.png", TestImages.encoded(new BufferedImage(2, 2, 2), "png")),
        " is a colour PNG (RGB)" + colors);
    BufferedImage deep = new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY);
    assertRefused(
        file("16.png", TestImages.encoded(deep, "png")), " is a PNG with 16 bits per pixel" + rule);
  }

  @Test
  void refusesADamagedFile() throws IOException {
    byte[] bytes = greyPng(64, 64, 8, TestImages.random(64, 64).rgb());
    for (int length : new int[] {20, 60, bytes.length * 2 / 3}) {
      Path file = file("cut.png", Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> LabelMap.read(file))
          .isInstanceOf(InlayException.class)
          .hasMessageStartingWith(file + " is ")
          .hasMessageContaining("cut off")
          .hasMessageEndingWith("Fetch or save it again.");
    }
  }

  @Test
  void leavesAnOldFileAloneWhereItCannotWrite() throws IOException {
    Path file = file("file", new byte[] {1, 2, 3});
    LabelMap labels = new LabelMap(1, 1, new byte[1]);
    assertThatThrownBy(() -> labels.write(file.resolve("a.png"), CLASSES))
        .isInstanceOf(InlayException.class)
        .hasMessage(file + " is a file, but a folder is needed there. Name another place.");
    assertThatThrownBy(() -> labels.write(folder, CLASSES))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            folder
                + " is a folder, so no file can be saved under that name. Give a file name in it.");
    assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3);
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).containsExactly(file);
    }
  }
}
