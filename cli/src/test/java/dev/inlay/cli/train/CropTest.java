package dev.inlay.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.image.RgbImage;
import org.junit.jupiter.api.Test;

/** The crop that a training takes unless one is given. */
final class CropTest {

  @Test
  void cropsFitTheImages() {
    assertThat(Crop.of(new RgbImage(480, 360, new byte[3 * 480 * 360])))
        .isEqualTo(new Crop(240, 320));
    assertThat(Crop.of(new RgbImage(2000, 20, new byte[3 * 2000 * 20])))
        .isEqualTo(new Crop(32, 512));
  }
}
