package dev.inlay.train.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.train.Progress;
import dev.inlay.train.StepTime;
import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The curves of a training. */
final class HistoryTest {

  @Test
  void curvesShowEveryLine() {
    History history = new History();
    for (int i = 1; i <= 50; i++) {
      history.add(
          new Progress(
              i,
              50,
              2.0 / i,
              Map.of("decoder", 1.0 / i),
              i / 50.0,
              0.1,
              1,
              i,
              new StepTime(0, 1, 1)));
    }
    BufferedImage curves = history.curves();
    Set<Integer> colors = new HashSet<>();
    for (int y = 0; y < curves.getHeight(); y++) {
      for (int x = 0; x < curves.getWidth(); x++) {
        colors.add(curves.getRGB(x, y) & 0xffffff);
      }
    }

    assertThat(colors).contains(0xffffff, 0x2f6fb5, 0xe06c2b).doesNotContain(0x3b9a5c);
  }

  @Test
  void aHistoryOfNothingCanBeDrawn() {
    assertThat(new History().curves().getWidth()).isPositive();
  }
}
