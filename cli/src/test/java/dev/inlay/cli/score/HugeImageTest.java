package dev.inlay.cli.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.cli.DatasetFolder;
import dev.inlay.cli.Run;
import dev.inlay.cli.SampleJar;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image that no machine has the memory for is refused by name, and the others go on. */
final class HugeImageTest {

  /** Attention between all places, which needs the square of their number. */
  private static final String ATTENTION =
      """
      Tensor x = input.last();
      Dim places = x.height().times(x.width());
      Tensor flat = x.reshape(x.batch(), Dim.of(x.channels()), places);
      Tensor mixed = flat.matmul(flat.permute(0, 2, 1).matmul(flat).softmax(1));
      return input.withLast(
          mixed.reshape(x.batch(), Dim.of(x.channels()), x.height(), x.width()));
      """;

  @TempDir private Path folder;

  @Test
  void isRefusedAndTheOthersGoOn() throws Exception {
    String jars = SampleJar.building(folder, "attends", ATTENTION).getParent().toString();
    DatasetFolder data = DatasetFolder.write(folder.resolve("data"), 2, 1);
    Path run = folder.resolve("run");
    Run trained =
        Run.inlay(
            "train",
            "--network",
            "resnet18(width=4, stride=8) | attends | fcn",
            "--plugins",
            jars,
            "--data",
            data.path().toString(),
            "--out",
            run.toString(),
            "--iterations",
            "1",
            "--batch",
            "2");
    assertThat(trained.code()).as(trained.err()).isZero();

    Path images = Files.createDirectory(folder.resolve("images"));
    Path huge = images.resolve("a-huge.png");
    DatasetFolder.picture(huge, 8000, 5000, BufferedImage.TYPE_INT_RGB);
    DatasetFolder.picture(images.resolve("b-small.png"), 64, 48, BufferedImage.TYPE_INT_RGB);
    Path out = folder.resolve("out");
    Run predicted =
        Run.inlay(
            "predict",
            "--model",
            run.resolve("last.safetensors").toString(),
            "--plugins",
            jars,
            images.toString(),
            "--out",
            out.toString());

    assertThat(predicted.code()).isEqualTo(2);
    assertThat(predicted.err().lines().filter(line -> line.startsWith("inlay:")))
        .singleElement()
        .asString()
        .matches(
            "inlay: .*a-huge\\.png: An image of 8000x5000 pixels needs at least \\d+\\.\\d GB of"
                + " memory in this network, but [\\d.]+ GB are free\\. Cut it into smaller ones,"
                + " scale it down, or use a machine with more memory\\.");
    assertThat(out.resolve("b-small_labels.png")).exists();
    assertThat(out.resolve("a-huge_labels.png")).doesNotExist();
  }
}
