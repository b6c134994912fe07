package dev.inlay.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.provider.CsvSource;

/** Many context modules, trained and compared by one command. */
final class SweepCommandTest {

  @TempDir Path temp;
  private DatasetFolder data = new DatasetFolder(Path.of(""));

  @BeforeEach
  void scenes() throws IOException {
    data = DatasetFolder.write(temp.resolve("data"), 4, 2);
  }

  private Run sweep(String context, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "sweep",
                "--backbone",
                "resnet18(width=4, stride=16)",
                "--context",
                context,
                "--data",
                data.path().toString(),
                "--out",
                temp.resolve("sweep").toString(),
                "--iterations",
                "2",
                "-s",
                "data.batch=2"));
    arguments.addAll(List.of(more));
    return Run.inlay(arguments.toArray(String[]::new));
  }

  @Test
  void eachIsTrainedAndAFailureIsARowWithItsReason() throws IOException {
    // The crop leaves a map of 2x2, which is too small for gald's convolutions with stride.
    Run run = sweep("ppm,criss-cross,gald", "-s", "data.crop=32x32");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains("1/3 ppm: mIoU ", "2/3 criss-cross: mIoU ", "3/3 gald: failed: ")
        .containsPattern("(?m)^context +mIoU +accuracy +parameters +multiply-adds +ms +training$");
    Path out = temp.resolve("sweep");
    assertThat(Files.readAllLines(out.resolve("sweep.csv"))).hasSize(4);
    assertThat(Files.readString(out.resolve("sweep.html")))
        .contains("mIoU against multiply-adds", ">ppm<", ">criss-cross<");
    assertThat(out.resolve("ppm/best.safetensors")).exists();
    assertThat(out.resolve("ppm/output.txt")).content().contains("iteration 2: held-out mIoU");
  }

  @Test
  void runAgainItTakesWhatIsThereAndTrainsTheRest() throws IOException {
    sweep("ppm");
    Path model = temp.resolve("sweep/ppm/best.safetensors");
    var before = Files.getLastModifiedTime(model);

    Run run = sweep("ppm,global-context");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(Files.getLastModifiedTime(model)).isEqualTo(before);
    assertThat(temp.resolve("sweep/global-context/best.safetensors")).exists();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      ppn               | ppn
      ppm,,aspp         | --context is 'ppm,,aspp', which has an empty name.
      ppm(bins=[0])     | bins
      fcn               | fcn
      """)
  void aWrongContextIsRefusedBeforeTraining(String context, String message) {
    Run run = sweep(context);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message).doesNotContain("\tat ");
    assertThat(temp.resolve("sweep")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"data.batch=3", "train.seed=9", "optimizer.rate=0.5"})
  void aTrainingOfOtherSettingsDoesNotStandForOneOfThese(String setting) {
    assertThat(sweep("ppm").code()).isZero();

    Run run = sweep("ppm", "-s", setting);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("has a training with other settings: ")
        .contains("=" + setting.replaceAll(".*=", ""));
  }

  @Test
  void commasInsideBracketsDivideNothing() {
    assertThat(SweepCommand.split("aspp(rates=[6, 12]), ppm ,dcm(filters=[1,3])"))
        .containsExactly("aspp(rates=[6, 12])", "ppm", "dcm(filters=[1,3])");
  }
}
