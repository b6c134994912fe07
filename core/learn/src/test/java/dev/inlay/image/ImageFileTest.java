package dev.inlay.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images of every usual kind are read as RGB; other files are refused by name. */
final class ImageFileTest {
  @TempDir Path folder;

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> ImageFile.read(file))
        .isInstanceOf(InlayException.class)
        .hasMessage(file + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tif"})
  void keepsEveryPixelOfALosslessFormat(String format) throws IOException {
    RgbImage image = TestImages.random(7, 5);
    Path file = file("a", TestImages.encoded(TestImages.buffered(image), format));
    RgbImage read = ImageFile.read(file);
    assertThat(read.width()).isEqualTo(7);
    assertThat(read.height()).isEqualTo(5);
    assertThat(read.rgb()).isEqualTo(image.rgb());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "gif"})
  void readsFormatsThatAreNotExact(String format) throws IOException {
    byte[] orange = new byte[3 * 16 * 16];
    for (int i = 0; i < orange.length; i += 3) {
      orange[i] = (byte) 255;
      orange[i + 1] = (byte) 153;
    }
    BufferedImage image = TestImages.buffered(new RgbImage(16, 16, orange));
    RgbImage read = ImageFile.read(file("a", TestImages.encoded(image, format)));
    assertThat(read.rgb()[0] & 255).isBetween(248, 255);
    assertThat(read.rgb()[1] & 255).isBetween(146, 160);
    assertThat(read.rgb()[2] & 255).isBetween(0, 8);
  }

  @Test
  void makesGreyThreeEqualChannelsWithoutChangingTheValues() throws IOException {
    BufferedImage grey = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(1, 1, 0, 100);
    assertThat(ImageFile.read(file("a.png", TestImages.encoded(grey, "png"))).color(1, 1))
        .isEqualTo(0x646464);
  }

  @Test
  void dropsTransparencyAndLooksUpPalettes() throws IOException {
    BufferedImage clear = new BufferedImage(2, 2, BufferedImage.TYPE_INT_ARGB);
    clear.setRGB(1, 0, 0x20123456);
    assertThat(ImageFile.read(file("a.png", TestImages.encoded(clear, "png"))).color(1, 0))
        .isEqualTo(0x123456);
    BufferedImage palette = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_INDEXED);
    palette.setRGB(0, 1, 0xffff3300);
    assertThat(ImageFile.read(file("b.png", TestImages.encoded(palette, "png"))).color(0, 1))
        .isEqualTo(0xff3300);
  }

  @Test
  void refusesWhatIsNoFileWithAnImage() throws IOException {
    assertRefused(folder.resolve("no.png"), " does not exist. Check the path.");
    assertRefused(folder, " is a folder, not an image. Name a file.");
    assertRefused(
        file("empty.png", new byte[0]),
        " is empty (0 bytes), not an image. Fetch or save it again.");
    assertRefused(
        file(
            "text.png",
            "This is no image, but a long enough text.".getBytes(StandardCharsets.UTF_8)),
        " is a text that begins with 'This is no image, but a long enough text…', not an image that"
            + " can be read. Check the address that it was fetched from.");
    assertRefused(
        file("big.tif", new byte[] {'I', 'I', '+', 0, 8, 0, 0, 0}),
        " is a BigTIFF image, which is not read. Save it as PNG, or as a TIFF of at most 4 GB without BigTIFF.");
    assertRefused(
        file("strange.png", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9}),
        " is not an image that can be read: it is neither JPEG, PNG, BMP, GIF nor TIFF. Convert it"
            + " to one of them.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "bmp", "gif", "tif"})
  void refusesAnImageThatIsCutOff(String format) throws IOException {
    byte[] whole = TestImages.encoded(TestImages.buffered(TestImages.random(40, 30)), format);
    for (double part : new double[] {0.3, 0.6, 0.95}) {
      Path file = file("cut", Arrays.copyOf(whole, (int) (part * whole.length)));
      assertThatThrownBy(() -> ImageFile.read(file))
          .isInstanceOf(InlayException.class)
          .hasMessageStartingWith(file + " is damaged or cut off (")
          .hasMessageEndingWith("). Fetch or save it again.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "gif"})
  void refusesDamagedBytes(String format) throws IOException {
    byte[] bytes = TestImages.encoded(TestImages.buffered(TestImages.random(40, 30)), format);
    Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 60, (byte) 0x55);
    bytes[bytes.length / 2 + 7] = (byte) 0xff;
    Path file = file("damaged", bytes);
    assertThatThrownBy(() -> ImageFile.read(file))
        .isInstanceOf(InlayException.class)
        .hasMessageStartingWith(file + " is damaged or cut off (");
  }

  @Test
  void refusesJpegsOfFourInks() throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(stream);
      Raster inks = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
      writer.write(new IIOImage(inks, null, null));
    }
    writer.dispose();
    String message = " is a CMYK image, but images must be RGB or grey. Save it as RGB.";
    assertRefused(file("plain.jpg", bytes.toByteArray()), message);
    // Adobe's marker says how the inks are coded: 0 for CMYK, 2 for YCCK.
    for (byte coding : new byte[] {0, 2}) {
      byte[] jfif = bytes.toByteArray();
      ByteBuffer marked = ByteBuffer.allocate(jfif.length + 16);
      marked.put(jfif, 0, 2).putShort((short) 0xffee).putShort((short) 14);
      marked
          .put("Adobe".getBytes(StandardCharsets.UTF_8))
          .put(new byte[] {0, 100, 0, 0, 0, 0, coding});
      marked.put(jfif, 2, jfif.length - 2);
      assertRefused(file("adobe.jpg", marked.array()), message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tif"})
  void refusesSixteenBitsAChannel(String format) throws IOException {
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            ColorModel.OPAQUE,
            DataBuffer.TYPE_USHORT);
    BufferedImage color =
        new BufferedImage(model, model.createCompatibleWritableRaster(4, 4), false, null);
    BufferedImage grey = new BufferedImage(4, 4, BufferedImage.TYPE_USHORT_GRAY);
    for (BufferedImage deep : new BufferedImage[] {color, grey}) {
      assertRefused(
          file("deep." + format, TestImages.encoded(deep, format)),
          " has 16 bits per channel, but images have 8. Save it with 8 bits per channel.");
    }
  }

  @Test
  void refusesImagesOfOnePixelAcross() throws IOException {
    Path file = file("thin.png", TestImages.encoded(new BufferedImage(1, 9, 1), "png"));
    assertRefused(
        file, " is 1x9, but an image needs at least 2 pixels each way. Use a larger image.");
  }

  @Test
  void refusesAnAbsurdSizeBeforeItUnpacksAnything() throws IOException {
    byte[] bytes = TestImages.encoded(new BufferedImage(2, 2, 1), "png");
    ByteBuffer.wrap(bytes).putInt(16, 2_000_000_000).putInt(20, 2_000_000_000);
    Path file = file("bomb.png", bytes);
    assertRefused(
        file, " is 2000000000x2000000000, more than 200 megapixels. Cut it into smaller images.");
  }

  @Test
  void theImagesOfAFolderComeInTheOrderOfTheirNames() throws IOException {
    for (String name :
        new String[] {"b.PNG", "a.jpg", ".hidden.png", "notes.txt", "png", "c.tif"}) {
      Files.writeString(folder.resolve(name), "");
    }
    Files.createDirectory(folder.resolve("d.png"));

    assertThat(ImageFile.list(folder))
        .extracting(file -> String.valueOf(file.getFileName()))
        .containsExactly("a.jpg", "b.PNG", "c.tif");
  }

  @Test
  void aFolderWithoutImagesIsRefused() {
    assertThatThrownBy(() -> ImageFile.list(folder))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            folder + " holds no images (jpg, png, bmp, gif, tif). Name a folder of images.");
    assertThatThrownBy(() -> ImageFile.list(folder.resolve("none")))
        .isInstanceOf(InlayException.class)
        .hasMessage(folder.resolve("none") + " does not exist. Name a folder of images.");
  }
}
