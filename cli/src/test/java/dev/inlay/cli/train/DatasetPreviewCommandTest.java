package dev.inlay.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.augment.Alterations;
import dev.inlay.cli.DatasetFolder;
import dev.inlay.cli.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code inlay dataset preview} draws crops with the options of a training. */
final class DatasetPreviewCommandTest {
  @TempDir private Path temp;

  private Run preview(DatasetFolder data, Path out, String augment) {
    return Run.inlay(
        "dataset",
        "preview",
        data.path().toString(),
        "--out",
        out.toString(),
        "--crop",
        "24x32",
        "--count",
        "3",
        "--augment",
        augment);
  }

  @Test
  void cropsAreDrawnWithTheirAugmentation() throws Exception {
    DatasetFolder data = DatasetFolder.write(temp.resolve("data"), 3, 1);
    Path plain = temp.resolve("plain.png");
    Path altered = temp.resolve("altered.png");
    Run run = preview(data, plain, "");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo(plain + " shows 3 crops of 24x32.\n");
    assertThat(preview(data, altered, "noise(probability=1)").code()).isZero();
    assertThat(ImageIO.read(plain.toFile()).getHeight()).isGreaterThan(3 * 240);
    assertThat(Files.readAllBytes(altered)).isNotEqualTo(Files.readAllBytes(plain));

    Run mistake = preview(data, plain, "noisy");
    assertThat(mistake.code()).isEqualTo(2);
    assertThat(mistake.err()).contains("There is no augmentation 'noisy'. Did you mean 'noise'?");
  }

  @Test
  void aTrainingTakesTheSameOptions() throws Exception {
    DatasetFolder data = DatasetFolder.write(temp.resolve("data"), 2, 1);
    Run run =
        Run.inlay(
            "train",
            "--network",
            "resnet18(width=4, stride=32) | fcn",
            "--data",
            data.path().toString(),
            "--out",
            temp.resolve("out").toString(),
            "--iterations",
            "1",
            "--batch",
            "2",
            "--largest-share",
            "0.75",
            "--augment",
            "mosaic | photometric | blur | noise | jpeg | cut-out | rotate | quarter-turns");
    assertThat(run.code()).as(run.err()).isZero();
  }

  @Test
  void everyChangeStandsInThePageForUsers() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "data.md"));
    assertThat(Alterations.forms())
        .hasSize(8)
        .allMatch(form -> page.contains("| `" + form + "` |"));
  }
}
