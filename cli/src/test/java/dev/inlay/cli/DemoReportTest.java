package dev.inlay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.assemble.Costs;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.compile.Sgd;
import dev.inlay.data.Augmentation;
import dev.inlay.data.ClassList;
import dev.inlay.data.LabelClass;
import dev.inlay.evaluate.ConfusionMatrix;
import dev.inlay.image.RgbImage;
import dev.inlay.train.PolySchedule;
import dev.inlay.train.Progress;
import dev.inlay.train.TrainingPlan;
import dev.inlay.weights.Normalization;
import java.awt.image.BufferedImage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the demo and trainings show: the page, the curves, and lines of progress. */
final class DemoReportTest {

  private static String report() {
    ConfusionMatrix matrix = new ConfusionMatrix(2);
    matrix.add(new long[][] {{60, 20}, {0, 20}});
    Costs.Sum sum = new Costs.Sum(1234, 1000, 2_500_000, 0, 2_600_000, 0);
    Costs.Stage stage =
        new Costs.Stage("fcn", "fcn(channels=<64>)", List.of(List.of(1L, 2L, 30L, 40L)), sum);
    ClassList classes =
        new ClassList(List.of(new LabelClass("a & b", 0x102030), new LabelClass("c", 0xff)), 255);
    TrainingPlan plan =
        new TrainingPlan(
            new PolySchedule(0.1, 0.9, 5, 100),
            new Sgd(0.9, 5e-4),
            4,
            Augmentation.crop(96, 96),
            50,
            7,
            1,
            ProgramOptions.TRAINING,
            Normalization.IMAGENET);
    BufferedImage picture = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    return new DemoReport(
            new Costs(List.of(stage), sum),
            classes,
            matrix.scores(),
            plan,
            83,
            100,
            Path.of("my demo"),
            picture,
            picture)
        .html();
  }

  @Test
  void thePageIsFilledIn() {
    assertThat(report())
        .doesNotContain("{{", "}}")
        .contains("62.5 %") // (60/80 + 20/40) / 2
        .contains("80.0 %")
        .contains("1:23", "1,234", "2.50 M", "2 × 30 × 40")
        .contains("a &amp; b", "fcn(channels=&lt;64&gt;)", "background: #102030")
        .contains("100 steps of 4 crops of 96x96 pixels", "weight decay 0.0005", "seed 7")
        .contains("inlay predict --model 'my demo/model.safetensors'");
  }

  @Test
  void thePageNeedsNothingBesideIt() {
    assertThat(report())
        .doesNotContain("http:", "https:", "<script", "<link", "url(", "@import")
        .containsPattern("<img src=\"data:image/png;base64,[A-Za-z0-9+/=]{40,}\"")
        .contains("prefers-color-scheme: dark");
  }

  @Test
  void curvesShowEveryLine() {
    History history = new History();
    for (int i = 1; i <= 50; i++) {
      history.add(new Progress(i, 50, 2.0 / i, Map.of("decoder", 1.0 / i), i / 50.0, 0.1, i));
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

  @Test
  void logsGetALineNowAndThenAndOneAtTheEnd() {
    StringWriter log = new StringWriter();
    try (Meter meter = new MeterLines("scoring", 100, new PrintWriter(log))) {
      for (int i = 1; i <= 100; i++) {
        meter.at(i, "image " + i);
      }
      meter.at(100, "again");
    }

    assertThat(log.toString().lines()).hasSize(2);
    assertThat(log.toString()).contains("scoring 1/100  image 1", "scoring 100/100  image 100");
  }

  @Test
  void cropsFitTheImages() {
    assertThat(Crop.of(new RgbImage(480, 360, new byte[3 * 480 * 360])))
        .isEqualTo(new Crop(240, 320));
    assertThat(Crop.of(new RgbImage(2000, 20, new byte[3 * 2000 * 20])))
        .isEqualTo(new Crop(32, 512));
  }
}
