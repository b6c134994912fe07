package dev.inlay.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes without colours get ones that people tell apart. */
final class ClassColorsTest {

  /** How people without the cones for red, and those for green, see linear RGB (Viénot, 1999). */
  private static final double[][] RED_BLIND = {
    {0.11238, 0.88762, 0}, {0.11238, 0.88762, 0}, {0.00401, -0.00401, 1}
  };

  private static final double[][] GREEN_BLIND = {
    {0.29275, 0.70725, 0}, {0.29275, 0.70725, 0}, {-0.02234, 0.02234, 1}
  };

  @Test
  void theFirstEightDifferForPeopleWhoSeeNoRedOrNoGreen() {
    for (double[][] eyes : new double[][][] {RED_BLIND, GREEN_BLIND}) {
      for (int i = 0; i < 8; i++) {
        for (int j = 0; j < i; j++) {
          assertThat(distance(seen(ClassColors.of(i), eyes), seen(ClassColors.of(j), eyes)))
              .as("colours %d and %d", i, j)
              .isGreaterThan(30);
        }
      }
    }
    // The measure can fail: this red and green are one colour to them.
    assertThat(distance(seen(0x9b3a2f, GREEN_BLIND), seen(0x5f6a2f, GREEN_BLIND))).isLessThan(30);
  }

  @Test
  void allClassesHaveColoursOfTheirOwn() {
    Set<Integer> colors = new HashSet<>();
    for (int i = 0; i < 255; i++) {
      colors.add(ClassColors.of(i));
    }
    assertThat(colors).hasSize(255);
  }

  @Test
  void givenColoursStayAndAreNotGivenAgain(@TempDir Path folder) throws IOException {
    ClassList classes =
        new SmallDataset(folder)
            .describe(
                """
                classes:
                  - road
                  - {name: sky, color: "#e69f00"}
                  - {name: car}
                splits: {train: {images: a, labels: b}}
                """)
            .open()
            .classes();
    assertThat(classes.names()).containsExactly("road", "sky", "car");
    assertThat(classes.classes())
        .extracting(LabelClass::hex)
        .containsExactly("#56b4e9", "#e69f00", "#009e73");
  }

  private static double[] seen(int color, double[][] eyes) {
    double[] linear = new double[3];
    for (int i = 0; i < 3; i++) {
      linear[i] = Math.pow((color >> (16 - 8 * i) & 255) / 255.0, 2.2);
    }
    double[] seen = new double[3];
    for (int i = 0; i < 3; i++) {
      double sum = 0;
      for (int k = 0; k < 3; k++) {
        sum += eyes[i][k] * linear[k];
      }
      seen[i] = 255 * Math.pow(Math.max(0, sum), 1 / 2.2);
    }
    return seen;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
