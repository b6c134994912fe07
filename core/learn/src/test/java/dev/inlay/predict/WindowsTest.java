package dev.inlay.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.InlayException;
import dev.inlay.image.Bilinear;
import dev.inlay.image.LabelMap;
import dev.inlay.image.RgbImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sliding windows, and the mean over scales and mirror images, with scores that a test states. */
final class WindowsTest {

  /** Scores by pixel alone: red, green, and their difference. */
  private static final ClassScores BY_PIXEL =
      image -> {
        int pixels = image.width() * image.height();
        float[] scores = new float[3 * pixels];
        for (int i = 0; i < pixels; i++) {
          scores[i] = (image.rgb()[3 * i] & 255) / 50f;
          scores[pixels + i] = (image.rgb()[3 * i + 1] & 255) / 50f;
          scores[2 * pixels + i] = scores[i] - scores[pixels + i];
        }
        return scores;
      };

  /** Scores that depend on the place in the window, so that it shows which windows there were. */
  private static final ClassScores BY_PLACE =
      image -> {
        float[] scores = new float[image.width() * image.height()];
        for (int i = 0; i < scores.length; i++) {
          scores[i] = i % image.width() + 1000 * (i / image.width());
        }
        return scores;
      };

  private static RgbImage noise(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    new Random(7).nextBytes(rgb);
    return new RgbImage(width, height, rgb);
  }

  /** The corners by the loop of mmsegmentation's slide_inference, written as its formulas. */
  private static List<Windows.Part> plain(Windows windows, int w, int h) {
    int rows = Math.max(h - windows.height() + windows.strideDown() - 1, 0) / windows.strideDown();
    int columns =
        Math.max(w - windows.width() + windows.strideRight() - 1, 0) / windows.strideRight();
    List<Windows.Part> parts = new ArrayList<>();
    for (int i = 0; i <= rows; i++) {
      for (int k = 0; k <= columns; k++) {
        int y2 = Math.min(i * windows.strideDown() + windows.height(), h);
        int x2 = Math.min(k * windows.strideRight() + windows.width(), w);
        int y1 = Math.max(y2 - windows.height(), 0);
        int x1 = Math.max(x2 - windows.width(), 0);
        parts.add(new Windows.Part(x1, y1, x2 - x1, y2 - y1));
      }
    }
    return parts;
  }

  @ParameterizedTest
  @CsvSource({
    "8, 8, 5, 5, 20, 13",
    "8, 6, 8, 6, 16, 18",
    "8, 6, 8, 6, 17, 19",
    "9, 30, 4, 7, 12, 40",
    "5, 5, 1, 1, 6, 7",
    "64, 64, 32, 32, 10, 12",
    "1, 1, 1, 1, 3, 2"
  })
  void lieWhereMmsegmentationHasThem(int high, int wide, int down, int right, int w, int h) {
    Windows windows = new Windows(high, wide, down, right);
    assertThat(windows.over(w, h)).isEqualTo(plain(windows, w, h));

    float[] sum = new float[w * h];
    float[] count = new float[w * h];
    for (Windows.Part part : plain(windows, w, h)) {
      for (int i = 0; i < part.width() * part.height(); i++) {
        int x = i % part.width();
        int y = i / part.width();
        sum[(part.top() + y) * w + part.left() + x] += x + 1000 * y;
        count[(part.top() + y) * w + part.left() + x]++;
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= count[i];
    }
    assertThat(new Sliding(BY_PLACE, windows).of(noise(w, h))).containsExactly(sum, within(1e-3f));
  }

  @Test
  void scoresByPixelAreTheSameWholeAndInWindows() {
    RgbImage image = noise(23, 17);
    float[] whole = BY_PIXEL.of(image);

    assertThat(new Sliding(BY_PIXEL, new Windows(8, 9, 5, 4)).of(image))
        .containsExactly(whole, within(1e-5f));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      0, 8, 1, 1   | The window is 0x8; height and width must be 1 or more.
      8, 8, 0, 1   | The windows' stride is 0x1; both numbers must be 1 or more.
      8, 8, 9, 8   | The windows' stride is 9x8, but a window 8x8, so that pixels between windows are never predicted.
      """)
  void gapsAndEmptyWindowsAreRefused(String numbers, String message) {
    int[] n =
        Arrays.stream(numbers.split(",")).mapToInt(s -> Integer.parseInt(s.strip())).toArray();
    assertThatThrownBy(() -> new Windows(n[0], n[1], n[2], n[3]))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining(message);
  }

  @Test
  void ofScaleOneWithMirrorImagesIsTheSoftmaxForScoresByPixel() {
    RgbImage image = noise(9, 7);
    float[] found = new ScaledAndFlipped(BY_PIXEL, List.of(1.0), true).of(image);

    float[] scores = BY_PIXEL.of(image);
    for (int i = 0; i < 63; i++) {
      double sum = 0;
      for (int id = 0; id < 3; id++) {
        sum += Math.exp(scores[id * 63 + i]);
      }
      for (int id = 0; id < 3; id++) {
        assertThat(found[id * 63 + i])
            .isCloseTo((float) (Math.exp(scores[id * 63 + i]) / sum), within(1e-5f));
      }
    }
  }

  @Test
  void theMeanOverScalesIsThatOfTheirProbabilities() {
    RgbImage image = noise(8, 8);
    ClassScores half = new ScaledAndFlipped(BY_PIXEL, List.of(0.5), false);
    ClassScores twice = new ScaledAndFlipped(BY_PIXEL, List.of(2.0), false);
    float[] both = new ScaledAndFlipped(BY_PIXEL, List.of(0.5, 2.0), false).of(image);

    float[] a = half.of(image);
    float[] b = twice.of(image);
    for (int i = 0; i < both.length; i++) {
      assertThat(both[i]).isCloseTo((a[i] + b[i]) / 2, within(1e-6f));
    }
  }

  /** Scores of the image at twice its size, resized and averaged pixel by pixel in doubles. */
  @Test
  void ofTwoScalesIsTheMeanOfSoftmaxesWrittenPlainly() {
    RgbImage image = noise(6, 5);
    float[] found = new ScaledAndFlipped(BY_PIXEL, List.of(1.0, 2.0), false).of(image);

    RgbImage large = Bilinear.resized(image, 12, 10);
    float[] small = BY_PIXEL.of(image);
    float[] high = BY_PIXEL.of(large);
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 6; x++) {
        double[] one = new double[3];
        double[] two = new double[3];
        for (int id = 0; id < 3; id++) {
          one[id] = small[id * 30 + y * 6 + x];
          // A pixel of half the size lies between four pixels, which count alike.
          int at = id * 120 + 2 * y * 12 + 2 * x;
          two[id] = (high[at] + high[at + 1] + high[at + 12] + high[at + 13]) / 4.0;
        }
        for (int id = 0; id < 3; id++) {
          double mean = (softmax(one, id) + softmax(two, id)) / 2;
          assertThat(found[id * 30 + y * 6 + x]).isCloseTo((float) mean, within(1e-5f));
        }
      }
    }
  }

  private static double softmax(double[] scores, int id) {
    double sum = 0;
    for (double score : scores) {
      sum += Math.exp(score);
    }
    return Math.exp(scores[id]) / sum;
  }

  @Test
  void resizingHasHalfPixelCentres() {
    float[] row = {0, 4, 8, 12};

    assertThat(Bilinear.resized(row, 1, 4, 1, 2, 1)).containsExactly(2, 10);
    assertThat(Bilinear.resized(new float[] {0, 4}, 1, 2, 1, 4, 1)).containsExactly(0, 1, 3, 4);
    assertThat(Bilinear.resized(row, 1, 4, 1, 4, 1)).isSameAs(row);
  }

  @Test
  void ofEqualScoresTheFirstClassIsPredicted() {
    LabelMap labels = ClassScores.labels(new float[] {1, 2, 1, 3, 1, 3}, 2, 1);

    assertThat(labels.ids()).containsExactly(0, 1);
  }

  @Test
  void mirroredTwiceIsTheImage() {
    RgbImage image = noise(5, 3);

    assertThat(image.mirrored().rgb()).isNotEqualTo(image.rgb());
    assertThat(image.mirrored().mirrored().rgb()).isEqualTo(image.rgb());
  }
}
