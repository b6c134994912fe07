package dev.inlay.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Intervals by drawing images again. */
final class BootstrapTest {

  private static Scores image(long hits, long pixels) {
    return new Scores(List.of(new Scores.OfClass(hits, pixels, pixels)));
  }

  private static List<Scores> images(int count, double mean, double spread, long seed) {
    Random random = new Random(seed);
    List<Scores> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      images.add(image(Math.round(1000 * (mean + spread * random.nextGaussian())), 1000));
    }
    return images;
  }

  /** The accuracy over images of one size is a mean, whose interval is known. */
  @Test
  void theIntervalOfAMeanIsThatOfTheNormalDistribution() {
    List<Scores> images = images(200, 0.6, 0.1, 3);
    double[] each = images.stream().mapToDouble(Scores::pixelAccuracy).toArray();
    double mean = Arrays.stream(each).average().orElseThrow();
    double deviation =
        Math.sqrt(Arrays.stream(each).map(v -> (v - mean) * (v - mean)).sum() / each.length);

    Interval found = Bootstrap.of(images, 4000, 1).interval(Scores::pixelAccuracy);

    double half = 1.96 * deviation / Math.sqrt(each.length);
    assertThat(found.low()).isCloseTo(mean - half, within(0.1 * half));
    assertThat(found.high()).isCloseTo(mean + half, within(0.1 * half));
  }

  @Test
  void oneImageHasNoSpread() {
    Interval found = Bootstrap.of(List.of(image(3, 4)), 50, 1).interval(Scores::meanIou);

    assertThat(found).isEqualTo(new Interval(0.6, 0.6));
  }

  @Test
  void anAbsentClassHasNoInterval() {
    Scores absent = new Scores(List.of(new Scores.OfClass(0, 0, 0)));

    Interval found = Bootstrap.of(List.of(absent), 50, 1).interval(Scores::meanIou);

    assertThat(found.low()).isNaN();
    assertThat(found.contains(0)).isFalse();
  }

  @Test
  void aSmallGainOnEveryImageIsMoreThanChanceWhenImagesArePaired() {
    List<Scores> first = images(100, 0.5, 0.1, 5);
    List<Scores> second =
        first.stream().map(each -> image(each.classes().get(0).hits() - 5, 1000)).toList();

    Interval paired = Bootstrap.paired(first, second, 1000, 1).difference(Scores::pixelAccuracy);

    assertThat(paired.low()).isCloseTo(0.005, within(1e-9));
    assertThat(paired.contains(0)).isFalse();
  }

  @Test
  void twoModelsAreComparedOnTheSameImages() {
    assertThatThrownBy(() -> Bootstrap.paired(images(3, 0.5, 0, 1), images(2, 0.5, 0, 1), 10, 1))
        .hasMessage("3 images can't be paired with 2.");
  }

  @Test
  void quantilesAreInterpolatedAsNumpyDoes() {
    double[] sorted = {1, 2, 4, 8};

    assertThat(Bootstrap.quantile(sorted, 0)).isEqualTo(1);
    assertThat(Bootstrap.quantile(sorted, 0.5)).isEqualTo(3);
    assertThat(Bootstrap.quantile(sorted, 0.9)).isCloseTo(6.8, within(1e-12));
    assertThat(Bootstrap.quantile(sorted, 1)).isEqualTo(8);
  }
}
