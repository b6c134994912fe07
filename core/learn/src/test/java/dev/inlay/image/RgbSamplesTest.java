package dev.inlay.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures of Java's own classes as images. */
final class RgbSamplesTest {

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_4BYTE_ABGR_PRE
      })
  void coloursStayAsTheyAre(int type) {
    BufferedImage picture = new BufferedImage(3, 2, type);
    picture.setRGB(0, 0, 0xff102030);
    picture.setRGB(2, 1, 0xffc0fe01);
    RgbImage image = RgbImage.of(picture);
    assertThat(image.width()).isEqualTo(3);
    assertThat(image.height()).isEqualTo(2);
    assertThat(image.color(0, 0)).isEqualTo(0x102030);
    assertThat(image.color(2, 1)).isEqualTo(0xc0fe01);
  }

  @Test
  void greyValuesBecomeThreeEqualChannels() {
    BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    picture.getRaster().setSample(0, 0, 0, 100);
    picture.getRaster().setSample(1, 0, 0, 200);
    RgbImage image = RgbImage.of(picture);
    assertThat(image.color(0, 0)).isEqualTo(0x646464);
    assertThat(image.color(1, 0)).isEqualTo(0xc8c8c8);
  }

  private static int[] numbers(RgbImage image) {
    byte[] rgb = image.rgb();
    return IntStream.range(0, rgb.length).map(i -> rgb[i] & 255).toArray();
  }

  private static BufferedImage picture(ComponentColorModel model, int... samples) {
    WritableRaster raster =
        model.createCompatibleWritableRaster(samples.length / model.getNumComponents(), 1);
    raster.setPixels(0, 0, raster.getWidth(), 1, samples);
    return new BufferedImage(model, raster, model.isAlphaPremultiplied(), null);
  }

  private static ComponentColorModel model(
      int space, boolean alpha, boolean multiplied, int... bits) {
    return new ComponentColorModel(
        ColorSpace.getInstance(space),
        bits,
        alpha,
        multiplied,
        alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
        DataBuffer.TYPE_BYTE);
  }

  /** The stored values, as Pillow and OpenCV give them for a grey file. */
  @Test
  void greyOfAnyModelIsStoredGrey() {
    int grey = ColorSpace.CS_GRAY;
    RgbImage plain = RgbImage.of(picture(model(grey, false, false, 8), 0, 50, 100, 200));
    assertThat(numbers(plain)).containsExactly(0, 0, 0, 50, 50, 50, 100, 100, 100, 200, 200, 200);
    RgbImage besides = RgbImage.of(picture(model(grey, true, false, 8, 8), 10, 128, 9, 0));
    assertThat(numbers(besides)).containsExactly(10, 10, 10, 9, 9, 9);
    RgbImage multiplied = RgbImage.of(picture(model(grey, true, true, 8, 8), 10, 128, 0, 0));
    assertThat(numbers(multiplied)).containsExactly(20, 20, 20, 0, 0, 0);
    RgbImage four = RgbImage.of(picture(model(grey, false, false, 4), 0, 7, 15));
    assertThat(numbers(four)).containsExactly(0, 0, 0, 119, 119, 119, 255, 255, 255);
  }

  @Test
  void coloursThatWereMultipliedByTransparencyAreDividedByIt() {
    RgbImage image =
        RgbImage.of(
            picture(
                model(ColorSpace.CS_sRGB, true, true, 8, 8, 8, 8),
                new int[] {10, 20, 30, 128, 60, 60, 60, 255, 0, 0, 0, 0, 50, 25, 0, 64}));
    assertThat(numbers(image)).containsExactly(20, 40, 60, 60, 60, 60, 0, 0, 0, 199, 100, 0);
    BufferedImage packed = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB_PRE);
    packed.getRaster().setPixel(0, 0, new int[] {10, 20, 30, 128});
    assertThat(RgbImage.of(packed).color(0, 0)).isEqualTo(0x14283c);
  }

  /** A profile is not applied, as in a file that has one. */
  @Test
  void linearColoursAreTakenAsStored() {
    RgbImage image =
        RgbImage.of(picture(model(ColorSpace.CS_LINEAR_RGB, false, false, 8, 8, 8), 10, 20, 30));
    assertThat(numbers(image)).containsExactly(10, 20, 30);
  }

  @Test
  void otherColourSpacesBecomeSrgb() {
    BufferedImage picture =
        picture(model(ColorSpace.CS_PYCC, false, false, 8, 8, 8), 128, 156, 137);
    assertThat(RgbImage.of(picture).color(0, 0)).isEqualTo(picture.getRGB(0, 0) & 0xffffff);
    assertThat(RgbImage.of(picture).color(0, 0)).isNotEqualTo(0x809c89);
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_BYTE_INDEXED, BufferedImage.TYPE_BYTE_BINARY})
  void palettesAreLookedUp(int type) {
    byte[] red = {0x10, (byte) 0xc0};
    byte[] green = {0x20, (byte) 0xfe};
    byte[] blue = {0x30, 1};
    BufferedImage picture =
        new BufferedImage(2, 1, type, new IndexColorModel(1, 2, red, green, blue));
    picture.getRaster().setSample(1, 0, 0, 1);
    assertThat(RgbImage.of(picture).color(0, 0)).isEqualTo(0x102030);
    assertThat(RgbImage.of(picture).color(1, 0)).isEqualTo(0xc0fe01);
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_USHORT_565_RGB, BufferedImage.TYPE_USHORT_555_RGB})
  void packedPixelsOfFewerBitsReachWhite(int type) {
    BufferedImage picture = new BufferedImage(2, 1, type);
    picture.setRGB(0, 0, 0xffffffff);
    assertThat(RgbImage.of(picture).color(0, 0)).isEqualTo(0xffffff);
    assertThat(RgbImage.of(picture).color(1, 0)).isZero();
  }

  /** A picture that ImageIO has read is the image that Inlay reads from the same file. */
  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "2,2", "3,0", "4,1", "4,2"})
  void aPictureOfAFileIsTheFilesImage(int bands, int extra) throws IOException {
    List<TestBytes.Tag> tags =
        extra == 0 || bands == 1 ? List.of() : List.of(new TestBytes.Tag(338, 3, extra));
    byte[] tiff = TestBytes.tiffOf(bands, bands < 3 ? 1 : 2, tags);
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(tiff));
    assertThat(RgbImage.of(picture).rgb())
        .isEqualTo(ImageFile.read(new ByteArrayInputStream(tiff), "the file").rgb());
  }

  @Test
  void sixteenBitsAreRefused() {
    BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    assertThatThrownBy(() -> RgbImage.of(picture))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "The picture has 16 bits per channel, but images have 8. Convert it to 8 bits per"
                + " channel.");
  }
}
