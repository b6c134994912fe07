package dev.inlay.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import dev.inlay.cli.DatasetFolder;
import dev.inlay.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans of trainings. */
final class PlanCommandTest {

  @TempDir Path temp;
  private DatasetFolder data = new DatasetFolder(Path.of(""));
  private Path file = Path.of("");

  @BeforeEach
  void scenes() throws IOException {
    data = DatasetFolder.write(temp.resolve("data"), 12, 3);
    file = temp.resolve("plan.yaml");
  }

  private Run plan(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("plan", "--data", data.path().toString(), "--out", file.toString()));
    arguments.addAll(List.of(more));
    return Run.inlay(arguments.toArray(String[]::new));
  }

  @Test
  void eachChoiceHasAReasonAndTrainTakesThem() throws IOException {
    Run run = plan("--memory", "8GB");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(Files.readString(file))
        .containsPattern("(?m)^network: resnet18.*# no GPU: ")
        .containsPattern("(?m)^  crop: 32x40 +# two thirds of the median image, 48x64,")
        .containsPattern("(?m)^  batch: 2 +# at most 5 % of the pixels of all images")
        .containsPattern("(?m)^loss: .*# '.*' has [\\d.]+ % of the pixels, the fewest");

    Run trained =
        Run.inlay(
            "train",
            "--config",
            file.toString(),
            "--out",
            temp.resolve("run").toString(),
            "--iterations",
            "1");
    assertThat(trained.code()).as(trained.err()).isZero();
  }

  @Test
  void lessMemoryIsASmallerBatch() throws IOException {
    data = DatasetFolder.write(temp.resolve("more"), 400, 2);
    plan("--memory", "8GB");
    assertThat(file).content().containsPattern("(?m)^  batch: 16 +# as many as 16; ");

    plan("--memory", "655MB", "--overwrite");
    assertThat(file)
        .content()
        .containsPattern("(?m)^  batch: \\d+ +# the most that fits into 655 MB");
  }

  @Test
  void tooLittleMemoryIsRefused() {
    Run run = plan("--memory", "300MB");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("even with a batch of 2, but may take 300 MB. Allow it more");
    assertThat(file).doesNotExist();
  }

  @Test
  void aFileIsNotReplacedUnlessAskedFor() {
    plan();

    Run again = plan();

    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("exists. Name another one with --out, or replace it with");
  }

  @ParameterizedTest
  @ValueSource(strings = {"8", "much", "-1GB", "8TB", ""})
  void aSizeThatIsNoneIsOneMessage(String size) {
    assertThatThrownBy(() -> MemorySize.parse("--memory", size))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "--memory is '%s', but must be a number with a unit, as in 8GB or 500MB."
                .formatted(size));
  }

  @Test
  void sizesAreReadAndShown() {
    assertThat(MemorySize.parse("--memory", "1.5 gb")).isEqualTo(3L << 29);
    assertThat(MemorySize.text(3L << 29)).isEqualTo("1.5 GB");
    assertThat(MemorySize.text(500L << 20)).isEqualTo("500 MB");
  }
}
