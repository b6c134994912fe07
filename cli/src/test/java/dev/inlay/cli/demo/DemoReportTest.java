package dev.inlay.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.Technique;
import dev.inlay.assemble.Costs;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.data.Augmentation;
import dev.inlay.data.ClassList;
import dev.inlay.data.LabelClass;
import dev.inlay.evaluate.ConfusionMatrix;
import dev.inlay.spec.ObjectiveSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.standard.CrossEntropy;
import dev.inlay.standard.Sgd;
import dev.inlay.train.Groups;
import dev.inlay.train.OptimizerChoice;
import dev.inlay.train.Schedule;
import dev.inlay.train.Stepping;
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
            100,
            new ObjectiveSpec(
                List.of(
                    new ObjectiveSpec.Term<>(
                        1, new CrossEntropy(), Technique.options(CrossEntropy.class, "")))),
            new Schedule.Warmup(new Schedule.Poly(0.1, 0.9, 100), 5),
            OptimizerChoice.parse(
                "sgd", Techniques.of(List.of(new Techniques.Entry(new Sgd(), "class path")))),
            Groups.NONE,
            Stepping.PLAIN,
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
        .contains("100 steps of 4 crops of 96x96 pixels", "decay=5.0e-4", "seed 7")
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
