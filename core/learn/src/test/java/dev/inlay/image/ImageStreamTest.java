package dev.inlay.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images from streams are those of files, and their messages have the caller's name. */
final class ImageStreamTest {

  @TempDir private Path folder;

  private static byte[] encoded(String format) throws IOException {
    BufferedImage picture = new BufferedImage(150, 90, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(3);
    for (int y = 0; y < 90; y++) {
      for (int x = 0; x < 150; x++) {
        picture.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(picture, format, bytes)).isTrue();
    return bytes.toByteArray();
  }

  private static RgbImage read(byte[] bytes) {
    return ImageFile.read(new ByteArrayInputStream(bytes), "upload-7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "bmp", "gif", "tiff"})
  void readsWhatAFileHolds(String format) throws IOException {
    byte[] bytes = encoded(format);
    Path file = Files.write(folder.resolve("image." + format), bytes);
    RgbImage image = read(bytes);
    assertThat(image.width()).isEqualTo(150);
    assertThat(image.height()).isEqualTo(90);
    assertThat(image.rgb()).isEqualTo(ImageFile.read(file).rgb());
  }

  @Test
  void mistakesHaveTheNameOfTheCaller() throws IOException {
    byte[] png = encoded("png");
    assertThatThrownBy(() -> read(Arrays.copyOf(png, png.length / 2)))
        .isInstanceOf(InlayException.class)
        .hasMessageStartingWith("upload-7 is damaged or cut off");
    assertThatThrownBy(() -> read(new byte[0]))
        .isInstanceOf(InlayException.class)
        .hasMessage("upload-7 is empty (0 bytes), not an image. Send it again.");
    assertThatThrownBy(() -> read("no image".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(InlayException.class)
        .hasMessageStartingWith(
            "upload-7 is a text that begins with 'no image', not an image that can be read.");
    assertThatThrownBy(() -> ImageFile.read(new ByteArrayInputStream(new byte[0]), "a\0b"))
        .isInstanceOf(InlayException.class)
        .hasMessageStartingWith("the image is empty");
  }

  @Test
  void aStreamThatFailsIsAMistake() {
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("reset by peer");
          }
        };
    assertThatThrownBy(() -> ImageFile.read(failing, "upload-7"))
        .isInstanceOf(InlayException.class)
        .hasMessage("upload-7 cannot be read to its end (reset by peer). Send it again.");
  }
}
