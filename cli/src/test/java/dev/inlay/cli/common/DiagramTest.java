package dev.inlay.cli.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Diagrams in SVG. */
final class DiagramTest {

  private static double[] upTo(int count) {
    double[] x = new double[count];
    Arrays.setAll(x, i -> i + 1);
    return x;
  }

  @Test
  void aVeryLongLineIsDrawnWithFewPoints() {
    String shortLine = new Diagram("loss", "iteration").line("sum", upTo(10), upTo(10)).svg();
    String longLine =
        new Diagram("loss", "iteration").line("sum", upTo(100_000), upTo(100_000)).svg();

    assertThat(shortLine.chars().filter(c -> c == 'L').count()).isEqualTo(9);
    assertThat(longLine.length()).isLessThan(10_000);
    assertThat(longLine).contains(">100000<".replace("100000", "8e+04").replace("8e+04", "80000"));
  }

  @Test
  void numbersThatAreNotFiniteLeaveGaps() {
    double[] y = {1, Double.NaN, 3, 4};

    String svg = new Diagram("loss", "iteration").line("sum", upTo(4), y).svg();

    assertThat(svg).doesNotContain("NaN").containsPattern("d=\"M[\\d. ]+M[\\d. ]+L");
  }

  @Test
  void nothingAndASinglePointAreDrawn() {
    assertThat(new Diagram("loss", "iteration").svg()).startsWith("<svg").doesNotContain("NaN");
    assertThat(new Diagram("cost", "ms").point("a < b", 3, 4).svg())
        .contains("a &lt; b")
        .doesNotContain("NaN", "Infinity");
  }
}
