package dev.inlay.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.assemble.Costs;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.compile.torch.Sgd;
import dev.inlay.data.Augmentation;
import dev.inlay.data.ClassList;
import dev.inlay.data.LabelClass;
import dev.inlay.evaluate.ConfusionMatrix;
import dev.inlay.image.RgbImage;
import dev.inlay.spec.ObjectiveSpec;
import dev.inlay.standard.CrossEntropy;
import dev.inlay.train.PolySchedule;
import dev.inlay.train.TrainingPlan;
import dev.inlay.weights.Normalization;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page that the demo writes. */
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
            new ObjectiveSpec(
                List.of(
                    new ObjectiveSpec.Term<>(
                        1, new CrossEntropy(), new CrossEntropy.Options(false)))),
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
}
