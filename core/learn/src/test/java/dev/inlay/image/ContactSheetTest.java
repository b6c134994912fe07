package dev.inlay.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Channels as a picture. */
final class ContactSheetTest {

  private static final RgbImage IMAGE = new RgbImage(4, 4, new byte[3 * 16]);

  private static BufferedImage sheet(float... values) {
    return new ContactSheet("aspp", "1 channel", IMAGE, 2, 2).add("#0", values).paint();
  }

  /** The colours in the only cell, which begins below the image. */
  private static Set<Integer> colors(BufferedImage sheet) {
    Set<Integer> colors = new HashSet<>();
    for (int y = 190; y < 340; y++) {
      for (int x = 20; x < 170; x++) {
        colors.add(sheet.getRGB(x, y) & 0xffffff);
      }
    }
    return colors;
  }

  @Test
  void aChannelHasTheWholeRampAndSquares() {
    assertThat(colors(sheet(0, 3, 6, 3))).containsExactlyInAnyOrder(0x10123f, 0x22878f, 0xfbe63a);
    assertThat(colors(sheet(-5, -5, 1e9f, -5))).containsExactlyInAnyOrder(0x10123f, 0xfbe63a);
  }

  @Test
  void whatIsNotFiniteAndWhatIsConstantIsMarked() {
    assertThat(colors(sheet(2, 2, 2, 2))).containsExactly(0xb4b8be);
    assertThat(colors(sheet(0, 1, Float.NaN, Float.POSITIVE_INFINITY)))
        .containsExactlyInAnyOrder(0x10123f, 0xfbe63a, 0xff2bd6);
    assertThat(colors(sheet(Float.NaN, Float.NaN, Float.NaN, Float.NaN))).containsExactly(0xff2bd6);
  }

  @Test
  void manyChannelsStandInRowsOfOneLength() {
    ContactSheet sheet = new ContactSheet("resnet", "64 channels", IMAGE, 60, 45);
    for (int i = 0; i < 64; i++) {
      sheet.add("#" + i, new float[60 * 45]);
    }
    BufferedImage picture = sheet.paint();

    assertThat(picture.getWidth()).isBetween(1000, 1560);
    assertThat(picture.getHeight()).isBetween(1000, 1560);
  }

  @Test
  void otherSizesAreRefused() {
    assertThatThrownBy(() -> sheet(1, 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 values are not a map of 2x2.");
  }
}
