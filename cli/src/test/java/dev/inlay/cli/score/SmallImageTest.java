package dev.inlay.cli.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.cli.DatasetFolder;
import dev.inlay.cli.Run;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image that is too small for a stage is refused with the stage's rule, and others go on. */
final class SmallImageTest {

  @TempDir private Path folder;

  @Test
  void isRefusedAndTheOthersGoOn() throws Exception {
    DatasetFolder data = DatasetFolder.write(folder.resolve("data"), 2, 1);
    Path run = folder.resolve("run");
    Run trained =
        Run.inlay(
            "train",
            "--network",
            "resnet18(width=4, stride=8) | gald(channels=8, groups=4, localSteps=1) | fcn",
            "--data",
            data.path().toString(),
            "--out",
            run.toString(),
            "--iterations",
            "1",
            "--batch",
            "2",
            "--crop",
            "48x64");
    assertThat(trained.code()).as(trained.err()).isZero();

    Path images = Files.createDirectory(folder.resolve("images"));
    DatasetFolder.picture(images.resolve("a-small.png"), 10, 9, BufferedImage.TYPE_INT_RGB);
    DatasetFolder.picture(images.resolve("b-large.png"), 64, 48, BufferedImage.TYPE_INT_RGB);
    Path out = folder.resolve("out");
    Run predicted =
        Run.inlay(
            "predict",
            "--model",
            run.resolve("last.safetensors").toString(),
            images.toString(),
            "--out",
            out.toString());

    assertThat(predicted.code()).isEqualTo(2);
    assertThat(predicted.err())
        .contains(
            "The image of 9x10 does not fit the network. 'gald' needs a map of 3 rows and columns or"
                + " more");
    assertThat(out.resolve("b-large_labels.png")).exists();
  }
}
