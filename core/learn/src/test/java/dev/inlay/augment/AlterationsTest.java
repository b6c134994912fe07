package dev.inlay.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.InlayException;
import dev.inlay.image.RgbImage;
import dev.inlay.image.TestImages;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each alteration does what its name says, to image and labels alike, and can be named in a line.
 */
final class AlterationsTest {
  private static final int SIZE = 32;
  private static final int FILL = 0x010203;

  private static Patch patch(byte[] rgb) {
    byte[] labels = new byte[SIZE * SIZE];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i % SIZE / 8);
    }
    return new Patch(SIZE, SIZE, rgb, labels, FILL, 255);
  }

  private static byte[] noisy() {
    return TestImages.random(SIZE, SIZE).rgb().clone();
  }

  private static byte[] grey(int level) {
    byte[] rgb = new byte[3 * SIZE * SIZE];
    Arrays.fill(rgb, (byte) level);
    return rgb;
  }

  private static double mean(byte[] rgb) {
    double sum = 0;
    for (byte value : rgb) {
      sum += value & 255;
    }
    return sum / rgb.length;
  }

  private static double deviation(byte[] rgb) {
    double mean = mean(rgb);
    double sum = 0;
    for (byte value : rgb) {
      sum += ((value & 255) - mean) * ((value & 255) - mean);
    }
    return Math.sqrt(sum / rgb.length);
  }

  @ParameterizedTest
  @CsvSource({
    "ff0000, 0, 255, 255",
    "00ff00, 60, 255, 255",
    "0000ff, 120, 255, 255",
    "804020, 10, 191, 128",
    "204080, 110, 191, 128",
    "ff0080, 165, 255, 255",
    "c8c8c8, 0, 0, 200",
    "000000, 0, 0, 0",
  })
  void hueSaturationAndValueAreThoseOfTheReference(
      String color, int hue, int saturation, int value) {
    int rgb = Integer.parseInt(color, 16);
    int hsv = Hsv.of(rgb >> 16, rgb >> 8 & 255, rgb & 255);
    assertThat(List.of(hsv >> 16, hsv >> 8 & 255, hsv & 255))
        .containsExactly(hue, saturation, value);
    int back = Hsv.rgb(hue, saturation, value);
    for (int shift = 0; shift <= 16; shift += 8) {
      assertThat(back >> shift & 255).isCloseTo(rgb >> shift & 255, within(3));
    }
  }

  @Test
  void photometricDistortionChangesEachThingHalfOfTheTimeWithinItsRange() {
    Photometric brightness = new Photometric(32, 0, 0, 0);
    int changed = 0;
    Set<Integer> levels = new HashSet<>();
    for (int seed = 0; seed < 400; seed++) {
      Patch patch = patch(grey(100));
      brightness.after(patch, new SplittableRandom(seed));
      int level = patch.rgb()[0] & 255;
      levels.add(level);
      changed += level == 100 ? 0 : 1;
      assertThat(patch.rgb()).containsOnly((byte) level);
    }
    assertThat(changed).isBetween(150, 250);
    assertThat(levels).allMatch(level -> level >= 68 && level <= 131).contains(70, 129);

    Photometric contrast = new Photometric(0, 0.5, 0, 0);
    levels.clear();
    for (int seed = 0; seed < 400; seed++) {
      Patch patch = patch(grey(100));
      contrast.after(patch, new SplittableRandom(seed));
      levels.add(patch.rgb()[0] & 255);
    }
    assertThat(levels).allMatch(level -> level >= 50 && level <= 149).contains(50, 149);
  }

  @Test
  void hueLeavesGreyAndTurnsColours() {
    Photometric hue = new Photometric(0, 0, 0, 18);
    Set<Integer> colors = new HashSet<>();
    for (int seed = 0; seed < 300; seed++) {
      Patch grey = patch(grey(77));
      hue.after(grey, new SplittableRandom(seed));
      assertThat(grey.rgb()).containsOnly((byte) 77);
      byte[] red = grey(0);
      red[0] = (byte) 255;
      Patch patch = patch(red);
      hue.after(patch, new SplittableRandom(seed));
      int green = patch.rgb()[1] & 255;
      int blue = patch.rgb()[2] & 255;
      assertThat(patch.rgb()[0]).isEqualTo((byte) 255);
      assertThat(Math.min(green, blue)).isZero();
      colors.add(green - blue);
    }
    // Hues of -18 to 17 steps of 180: at most 18/30 of a channel.
    assertThat(colors).hasSizeBetween(25, 36).allMatch(each -> each >= -153 && each <= 145);
  }

  @Test
  void saturationScalesTheDistanceFromGrey() {
    byte[] rgb = {(byte) 200, 100, 100};
    Hsv.change(rgb, 0, 0.5f);
    assertThat(rgb[0] & 255).isEqualTo(200);
    assertThat(rgb[1] & 255).isEqualTo(151);
    assertThat(rgb[2] & 255).isEqualTo(151);
  }

  @Test
  void blurKeepsTheMeanAndTakesTheDetail() {
    Patch patch = patch(noisy());
    double mean = mean(patch.rgb());
    double detail = deviation(patch.rgb());
    new Blur(1, 2, 2).after(patch, new SplittableRandom(1));
    assertThat(mean(patch.rgb())).isCloseTo(mean, within(4.0));
    assertThat(deviation(patch.rgb())).isLessThan(detail / 3);
    Patch flat = patch(grey(40));
    new Blur(1, 0.1, 5).after(flat, new SplittableRandom(1));
    assertThat(flat.rgb()).containsOnly((byte) 40);
  }

  @Test
  void noiseHasItsDeviationAndNoBias() {
    Patch patch = patch(grey(128));
    new Noise(1, 10, 10).after(patch, new SplittableRandom(3));
    assertThat(mean(patch.rgb())).isCloseTo(128, within(1.0));
    assertThat(deviation(patch.rgb())).isCloseTo(10, within(1.0));
  }

  @Test
  void compressionChangesPixelsTheMoreTheLessTheQuality() {
    assertThat(loss(95)).isGreaterThan(0).isLessThan(loss(10));
  }

  private static double loss(double quality) {
    byte[] before = noisy();
    Patch patch = patch(before.clone());
    new Jpeg(1, quality, quality).after(patch, new SplittableRandom(1));
    double sum = 0;
    for (int i = 0; i < before.length; i++) {
      sum += Math.abs((before[i] & 255) - (patch.rgb()[i] & 255));
    }
    return sum / before.length;
  }

  @Test
  void cutOutPixelsDoNotCount() {
    Patch patch = patch(grey(9));
    new CutOut(1, 1, 0.25, 0.25).after(patch, new SplittableRandom(4));
    int cut = 0;
    for (int i = 0; i < SIZE * SIZE; i++) {
      boolean gone = patch.labels()[i] == (byte) 255;
      assertThat(patch.rgb()[3 * i + 2] == 3).isEqualTo(gone);
      cut += gone ? 1 : 0;
    }
    assertThat(cut).isEqualTo(64);
  }

  @Test
  void rotationMovesImageAndLabelsTogether() {
    for (int seed = 0; seed < 20; seed++) {
      Patch patch = patch(grey(0));
      for (int i = 0; i < SIZE * SIZE; i++) {
        patch.rgb()[3 * i] = (byte) (50 * patch.labels()[i] + 50);
      }
      new Rotation(1, 30).after(patch, new SplittableRandom(seed));
      int far = 0;
      for (int i = 0; i < SIZE * SIZE; i++) {
        if (patch.labels()[i] != (byte) 255) {
          int off = Math.abs((patch.rgb()[3 * i] & 255) - 50 * patch.labels()[i] - 50);
          far += off > 26 ? 1 : 0;
        }
      }
      assertThat(far).isZero();
    }
  }

  @Test
  void quarterTurnsMoveEveryPixelAndLoseNone() {
    Set<Integer> corners = new HashSet<>();
    for (int seed = 0; seed < 40; seed++) {
      RgbImage image = TestImages.random(3, 2);
      Patch whole = new Patch(3, 2, image.rgb(), new byte[] {0, 1, 2, 3, 4, 5}, FILL, 255);
      Patch turned = new QuarterTurns().before(whole, new SplittableRandom(seed));
      assertThat(turned.width() * turned.height()).isEqualTo(6);
      for (int i = 0; i < 6; i++) {
        int from = turned.labels()[i];
        assertThat(turned.rgb()[3 * i]).isEqualTo(image.rgb()[3 * from]);
      }
      corners.add((int) turned.labels()[0]);
      if (turned.labels()[0] == 3) {
        assertThat(turned.labels()).containsExactly(3, 0, 4, 1, 5, 2);
      }
    }
    assertThat(corners).containsExactlyInAnyOrder(0, 3, 5, 2);
  }

  @Test
  void aLineNamesThemInTheirOrder() {
    assertThat(Alterations.parse("")).isEmpty();
    assertThat(Alterations.parse("photometric | blur(probability=0.3, most=1.5)|quarter-turns"))
        .containsExactly(Photometric.STANDARD, new Blur(0.3, 0.1, 1.5), new QuarterTurns());
    for (String form : Alterations.forms()) {
      assertThat(Alterations.parse(form)).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      blurr | `There is no augmentation 'blurr'. Did you mean 'blur'? Known: photometric, blur, noise, jpeg, cut-out, rotate, quarter-turns, mosaic.`
      blur(probabilty=1) | `blur has no option 'probabilty'. Did you mean 'probability'? Options: probability, least, most.`
      blur(probability=2) | `probability of blur is 2; it must be a number from 0 to 1.`
      jpeg(least=x) | `least of jpeg is x; it must be a number from 1 to 100.`
      rotate(degrees) | `degrees of rotate is missing; it must be a number from 0 to 180.`
      noise(least=9, most=1) | `noise has least and most in the wrong order ([0.5, 9.0, 1.0]).`
      quarter-turns(n=1) | `quarter-turns has no option 'n'. Options: none.`
      blur( | `'blur(' is no augmentation; it is written NAME or NAME(OPTION=NUMBER, ...), several apart by |.`
      """)
  void mistakesAreNamed(String line, String message) {
    assertThatThrownBy(() -> Alterations.parse(line))
        .isInstanceOf(InlayException.class)
        .hasMessage(message);
  }
}
