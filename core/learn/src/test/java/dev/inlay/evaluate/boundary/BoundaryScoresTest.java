package dev.inlay.evaluate.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.image.LabelMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scores of boundaries equal those that the definitions give when written plainly. */
final class BoundaryScoresTest {

  private static final int IGNORE = 255;

  /** A map of rectangles, with some pixels ignored. */
  private static LabelMap map(Random random, int width, int height, int classes, boolean ignores) {
    byte[] ids = new byte[width * height];
    for (int n = 0; n < 6; n++) {
      int left = random.nextInt(width);
      int top = random.nextInt(height);
      int id = n == 5 && ignores ? IGNORE : random.nextInt(classes);
      for (int y = top; y < Math.min(height, top + height / 2 + 1); y++) {
        for (int x = left; x < Math.min(width, left + width / 2 + 1); x++) {
          ids[y * width + x] = (byte) id;
        }
      }
    }
    return new LabelMap(width, height, ids);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 9", "13, 1", "7, 5", "24, 17", "40, 33"})
  void distancesAreThoseToTheNearestMark(int width, int height) {
    Random random = new Random(width * 31L + height);
    boolean[] marked = new boolean[width * height];
    for (int i = 0; i < marked.length; i++) {
      marked[i] = random.nextInt(12) == 0;
    }
    int[] found = DistanceMap.squared(marked, width, height);
    for (int i = 0; i < marked.length; i++) {
      int nearest = Integer.MAX_VALUE;
      for (int k = 0; k < marked.length; k++) {
        int dx = i % width - k % width;
        int dy = i / width - k / width;
        nearest = marked[k] ? Math.min(nearest, dx * dx + dy * dy) : nearest;
      }
      if (nearest == Integer.MAX_VALUE) {
        assertThat(found[i]).isGreaterThanOrEqualTo(DistanceMap.FAR);
      } else {
        assertThat(found[i]).isEqualTo(nearest);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 3", "16, 11", "31, 22", "60, 45"})
  void areThoseOfThePlainDefinitions(int width, int height) {
    Random random = new Random(width);
    int classes = 3;
    BoundaryScores scores = new BoundaryScores(classes, IGNORE);
    List<LabelMap[]> pairs = new ArrayList<>();
    for (int image = 0; image < 4; image++) {
      LabelMap truth = map(random, width, height, classes, true);
      LabelMap prediction = map(random, width, height, classes, false);
      scores.add(truth, prediction);
      pairs.add(new LabelMap[] {truth, prediction});
    }
    for (int id = 0; id < classes; id++) {
      for (int t = 0; t < BoundaryScores.TOLERANCES.size(); t++) {
        assertThat(scores.f1(t, id)).isCloseTo(plainF1(pairs, id, t), within(1e-12));
      }
      assertThat(scores.iou(id)).isCloseTo(plainIou(pairs, id), within(1e-12));
    }
  }

  private static double plainF1(List<LabelMap[]> pairs, int id, int t) {
    double sum = 0;
    int images = 0;
    for (LabelMap[] pair : pairs) {
      List<int[]> wanted = plainBoundary(pair[0], pair[0], id);
      List<int[]> drawn = plainBoundary(pair[1], pair[0], id);
      if (wanted.isEmpty() && drawn.isEmpty()) {
        continue;
      }
      images++;
      if (!wanted.isEmpty() && !drawn.isEmpty()) {
        int pixels = BoundaryScores.TOLERANCES.get(t).at(pair[0].width(), pair[0].height());
        double precision = plainNear(drawn, wanted, pixels);
        double recall = plainNear(wanted, drawn, pixels);
        sum += precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
      }
    }
    return images == 0 ? Double.NaN : sum / images;
  }

  private static double plainNear(List<int[]> some, List<int[]> others, int pixels) {
    long near =
        some.stream()
            .filter(
                a -> others.stream().anyMatch(b -> Math.hypot(a[0] - b[0], a[1] - b[1]) <= pixels))
            .count();
    return (double) near / some.size();
  }

  private static int id(LabelMap map, LabelMap truth, int x, int y) {
    return truth.id(x, y) == IGNORE ? IGNORE : map.id(x, y);
  }

  private static List<int[]> plainBoundary(LabelMap map, LabelMap truth, int id) {
    List<int[]> boundary = new ArrayList<>();
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        if (id(map, truth, x, y) != id) {
          continue;
        }
        for (int[] to : new int[][] {{x - 1, y}, {x + 1, y}, {x, y - 1}, {x, y + 1}}) {
          if (to[0] >= 0 && to[0] < map.width() && to[1] >= 0 && to[1] < map.height()) {
            int other = id(map, truth, to[0], to[1]);
            if (other != id && other != IGNORE) {
              boundary.add(new int[] {x, y});
              break;
            }
          }
        }
      }
    }
    return boundary;
  }

  private static double plainIou(List<LabelMap[]> pairs, int id) {
    long both = 0;
    long any = 0;
    for (LabelMap[] pair : pairs) {
      LabelMap truth = pair[0];
      int distance =
          Math.max(1, (int) Math.round(0.02 * Math.hypot(truth.width(), truth.height())));
      for (int y = 0; y < truth.height(); y++) {
        for (int x = 0; x < truth.width(); x++) {
          boolean wanted = inBand(truth, truth, id, x, y, distance);
          boolean drawn = inBand(pair[1], truth, id, x, y, distance);
          both += wanted && drawn ? 1 : 0;
          any += wanted || drawn ? 1 : 0;
        }
      }
    }
    return any == 0 ? Double.NaN : (double) both / any;
  }

  private static boolean inBand(LabelMap map, LabelMap truth, int id, int x, int y, int distance) {
    if (id(map, truth, x, y) != id) {
      return false;
    }
    for (int v = y - distance; v <= y + distance; v++) {
      for (int u = x - distance; u <= x + distance; u++) {
        if (u < 0 || v < 0 || u >= map.width() || v >= map.height()) {
          return true;
        }
        int other = id(map, truth, u, v);
        if (other != id && other != IGNORE) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void aPerfectPredictionHasOnesAndClassesWithoutABoundaryHaveNone() {
    LabelMap truth = new LabelMap(4, 2, new byte[] {0, 0, 1, 1, 0, 0, 1, 1});
    BoundaryScores scores = new BoundaryScores(3, IGNORE);
    scores.add(truth, truth);

    assertThat(scores.f1(1, 0)).isEqualTo(1);
    assertThat(scores.f1(1, 2)).isNaN();
    assertThat(scores.meanF1(1)).isEqualTo(1);
    assertThat(scores.iou(1)).isEqualTo(1);
    assertThat(scores.iou(2)).isNaN();
    assertThat(scores.meanIou()).isEqualTo(1);
  }

  @Test
  void aBoundaryOfIgnoredPixelsIsNone() {
    LabelMap truth = new LabelMap(3, 1, new byte[] {0, (byte) IGNORE, 1});
    BoundaryScores scores = new BoundaryScores(2, IGNORE);
    scores.add(truth, new LabelMap(3, 1, new byte[] {0, 0, 1}));

    assertThat(scores.f1(0, 0)).isNaN();
    assertThat(scores.meanF1(0)).isNaN();
  }

  @Test
  void theToleranceIsSaidInPixels() {
    BoundaryScores scores = new BoundaryScores(2, IGNORE);
    scores.add(new LabelMap(300, 400, halves(300, 400)), new LabelMap(300, 400, halves(300, 400)));

    assertThat(scores.words(0)).isEqualTo("0.008 of the diagonal, 4 pixels");
    assertThat(scores.words(2)).isEqualTo("3 pixels");
  }

  private static byte[] halves(int width, int height) {
    byte[] ids = new byte[width * height];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (byte) (i % width < width / 2 ? 0 : 1);
    }
    return ids;
  }
}
