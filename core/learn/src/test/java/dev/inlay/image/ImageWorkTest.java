package dev.inlay.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.inlay.InlayException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small files that would take long or fill the memory: work and memory are those of the pixels. */
@Timeout(60)
final class ImageWorkTest {
  private static final Duration SHORT = Duration.ofSeconds(10);

  @TempDir Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("image"), bytes);
  }

  private static RgbImage read(Path file) {
    return assertTimeout(SHORT, () -> ImageFile.read(file));
  }

  private static void assertRefused(Path file, String... parts) {
    assertTimeout(
        SHORT,
        () ->
            assertThatThrownBy(() -> ImageFile.read(file))
                .isInstanceOf(InlayException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContainingAll(parts));
  }

  @Test
  void aSmallFileOfManyPixelsIsReadByRows() throws IOException {
    RgbImage image = read(file(TestBytes.blackPng(8000, 5000, 1, 0, 5000L * 1001)));
    assertThat(image.rgb()).hasSize(3 * 8000 * 5000);
    assertThat(read(file(TestBytes.blackPng(2, 3_000_000, 1, 0, 6_000_000))).height())
        .isEqualTo(3_000_000);
  }

  @Test
  void dataBeyondTheLastRowIsNotUnpacked() throws IOException {
    assertThat(read(file(TestBytes.blackPng(64, 64, 8, 2, 1L << 30))).rgb()).hasSize(3 * 64 * 64);
  }

  @Test
  void whatFollowsThePixelsIsNotRead() throws IOException {
    Path file = file(TestBytes.blackPng(64, 64, 8, 2, 64 * 193));
    try (RandomAccessFile longer = new RandomAccessFile(file.toFile(), "rw")) {
      longer.setLength(5L << 30);
    }
    assertThat(read(file).width()).isEqualTo(64);
  }

  @Test
  void packedTextsAndProfilesAreNotUnpacked() throws IOException {
    byte[] name = "name\0\0".getBytes(StandardCharsets.US_ASCII);
    byte[] packed = TestBytes.joined(name, TestBytes.deflated(1L << 28));
    byte[] png = TestBytes.blackPng(64, 64, 8, 2, 64 * 193);
    for (String type : List.of("zTXt", "iCCP")) {
      assertThat(read(file(TestBytes.withChunk(png, TestBytes.chunk(type, packed), false))).width())
          .isEqualTo(64);
    }
  }

  @Test
  void chunksWithoutEndAreRefused() throws IOException {
    byte[] png = TestBytes.blackPng(64, 64, 8, 2, 64 * 193);
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int i = 0; i < 100_000; i++) {
      many.writeBytes(TestBytes.chunk("teXt", new byte[0]));
    }
    assertRefused(file(TestBytes.withChunk(png, many.toByteArray(), false)), "is damaged");
    assertThat(read(file(TestBytes.withChunk(png, many.toByteArray(), true))).width())
        .isEqualTo(64);
  }

  private static byte[] jpeg(boolean progressive) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam how = writer.getDefaultWriteParam();
    how.setProgressiveMode(
        progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(new BufferedImage(640, 480, 1), null, null), how);
    }
    writer.dispose();
    return bytes.toByteArray();
  }

  private static byte[] withScans(byte[] jpeg, int more) {
    int last = new String(jpeg, StandardCharsets.ISO_8859_1).lastIndexOf("\u00ff\u00da");
    byte[] scan = Arrays.copyOfRange(jpeg, last, jpeg.length - 2);
    ByteArrayOutputStream made = new ByteArrayOutputStream();
    made.write(jpeg, 0, jpeg.length - 2);
    for (int i = 0; i < more; i++) {
      made.writeBytes(scan);
    }
    made.write(0xff);
    made.write(0xd9);
    return made.toByteArray();
  }

  @Test
  void scansOfAJpegAreCounted() throws IOException {
    assertThat(read(file(jpeg(true))).width()).isEqualTo(640);
    assertThat(read(file(withScans(jpeg(true), 20))).width()).isEqualTo(640);
    assertRefused(
        file(withScans(jpeg(true), 8000)),
        " is a JPEG of 640x480 pixels in more than 100 scans, where 10 are usual.");
  }

  @Test
  void scansOfAJpegWithinATiffAreCounted() throws IOException {
    byte[] scans = withScans(jpeg(true), 8000);
    assertRefused(file(jpegInTiff(scans, 640, 480)), "more than 100 scans");
    byte[] claimsLess = jpegInTiff(scans, 640, 480);
    int count =
        ByteBuffer.wrap(claimsLess).order(ByteOrder.LITTLE_ENDIAN).getInt(8 + 2 + 8 * 12 + 8);
    assertThat(count).isEqualTo(scans.length);
    ByteBuffer.wrap(claimsLess).order(ByteOrder.LITTLE_ENDIAN).putInt(8 + 2 + 8 * 12 + 8, 100);
    assertRefused(file(claimsLess), "more than 100 scans");
    assertRefused(file(jpegInTiff(jpeg(false), 64, 64)), "a JPEG of 640x480 in a part of 64x64");
    assertThat(read(file(jpegInTiff(jpeg(false), 640, 480))).width()).isEqualTo(640);
  }

  private static byte[] jpegInTiff(byte[] jpeg, int width, int height) {
    byte[] head =
        TestBytes.tiffOf(
            3,
            6,
            List.of(
                new TestBytes.Tag(256, 3, width),
                new TestBytes.Tag(257, 3, height),
                new TestBytes.Tag(259, 3, 7),
                new TestBytes.Tag(278, 3, height),
                new TestBytes.Tag(279, 4, jpeg.length)));
    return TestBytes.joined(Arrays.copyOf(head, 4000), jpeg);
  }

  @Test
  void bytesThatNoPixelNeedsAreRefused() throws IOException {
    byte[] jpeg = jpeg(false);
    byte[] filled = new byte[(40 << 20) + jpeg.length];
    Arrays.fill(filled, (byte) 0xff);
    System.arraycopy(jpeg, 0, filled, 0, 2);
    System.arraycopy(jpeg, 2, filled, filled.length - jpeg.length + 2, jpeg.length - 2);
    assertRefused(file(filled), "it holds far more bytes than its pixels need");
    byte[] segments = new byte[4 * 20_000];
    for (int i = 0; i < segments.length; i += 4) {
      ByteBuffer.wrap(segments).putInt(i, 0xffe10002);
    }
    assertRefused(
        file(
            TestBytes.joined(
                Arrays.copyOf(jpeg, 2), segments, Arrays.copyOfRange(jpeg, 2, jpeg.length))),
        "it has more than 10000 segments");
  }

  @Test
  void aSegmentOfNoLengthIsPassedOver() throws IOException {
    byte[] jpeg = jpeg(false);
    byte[] empty = {(byte) 0xff, (byte) 0xe5, 0, 0};
    assertThat(
            read(file(
                    TestBytes.joined(
                        Arrays.copyOf(jpeg, 2), empty, Arrays.copyOfRange(jpeg, 2, jpeg.length))))
                .width())
        .isEqualTo(640);
  }

  @Test
  void tilesFarLargerThanTheImageAreRefused() throws IOException {
    assertRefused(
        file(
            TestBytes.tiffOf(
                3,
                2,
                List.of(
                    new TestBytes.Tag(322, 4, 2_000_000),
                    new TestBytes.Tag(323, 4, 2_000_000),
                    new TestBytes.Tag(324, 4, 4000),
                    new TestBytes.Tag(325, 4, 100)))),
        "it has tiles of 2000000x2000000");
  }

  @Test
  void anImageThatMemoryCannotHoldIsRefusedByItsSize() {
    Path file = Path.of("large.png");
    ImageMemory memory = new ImageMemory(file, 20_000, 2000, Long.MAX_VALUE / 4);
    assertThatThrownBy(() -> memory.within(() -> "read"))
        .isInstanceOf(InlayException.class)
        .hasMessageStartingWith("large.png is 20000x2000: reading it needs about ")
        .hasMessageContaining("INLAY_JAVA_OPTS=-Xmx");
    ImageMemory small = new ImageMemory(file, 200, 20, 12_000);
    assertThat(small.within(() -> "read")).isEqualTo("read");
    assertThatThrownBy(
            () ->
                small.within(
                    () -> {
                      throw new OutOfMemoryError("Java heap space");
                    }))
        .isInstanceOf(InlayException.class)
        .hasMessageStartingWith("large.png is 200x20: reading it needs about 1 MB, but Java has ");
  }
}
