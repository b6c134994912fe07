package dev.inlay.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures of Java's own classes as images. */
final class BufferedPixelsTest {

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
