package dev.inlay.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.inlay.cli.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small datasets that went wrong silently are refused before the first step. */
final class DataCasesTest {
  private static final String SHARED = System.getProperty("inlay.shared", "");

  @TempDir Path temp;

  private Run train(String name, String... more) {
    assumeTrue(!SHARED.isBlank(), "the cases are given with -Dinlay.shared=FOLDER");
    Path data = Path.of(SHARED).resolve("cases").resolve(name);
    assertThat(data.resolve("dataset.yaml")).exists();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--network",
                "resnet18(width=4, stride=32) | fcn",
                "--data",
                data.toString(),
                "--out",
                temp.resolve("out").toString(),
                "--iterations",
                "1",
                "--batch",
                "2",
                "--crop",
                "48x64"));
    arguments.addAll(List.of(more));
    return Run.inlay(arguments.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      binary-0-255 | `Class 'road' occurs nowhere in 'train' while 1,594 pixels are 255 and ignored. Only 'background' is left, so that there is nothing to tell apart. If 255 is 'road', write labels: {map: {255: road}} in dataset.yaml. To train all the same, add --accept-data.`
      one-class | `dataset.yaml names one class, 'road', so that the loss is 0 and the mIoU 100 % before anything is learned. Name what is not 'road' as a class, such as background. To train all the same, add --accept-data.`
      all-ignored | `All pixels of the split 'val' are ignored (11), so that there is nothing to score. Label them, or write what they are: labels: {map: {11: CLASS}} in dataset.yaml. To train all the same, add --accept-data.`
      palette-adaptive | `/train/labels/im0.png: its palette gives id 0 the colour #c0c080 of 'pole', but in dataset.yaml id 0 is 'sky' (#808080). Where the colours are right, write labels: {kind: colors} in dataset.yaml; where the ids are, write labels: {palette: ignore}.`
      bad-val-label | `/val/labels/im3.png has the label 200 at (x=`
      """)
  void eachIsRefusedBeforeTheFirstStep(String name, String message) {
    Run run = train(name);
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message).doesNotContain("\tat ");
    assertThat(temp.resolve("out")).doesNotExist();
  }

  @Test
  void oneClassIsTrainedWhereSomeoneAsksForIt() {
    Run run = train("one-class", "--accept-data");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("inlay: warning: dataset.yaml names one class, 'road'");
    assertThat(Files.exists(temp.resolve("out/last.safetensors"))).isTrue();
  }
}
