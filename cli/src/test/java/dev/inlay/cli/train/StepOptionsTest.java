package dev.inlay.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.inlay.cli.DatasetFolder;
import dev.inlay.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups, freezing, clipping, accumulation, the average and early stopping by options. */
final class StepOptionsTest {

  @TempDir private static Path temp;
  private static DatasetFolder data;

  @BeforeAll
  static void scenes() throws IOException {
    data = DatasetFolder.write(temp.resolve("data"), 6, 2);
  }

  private static Run train(String out, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--network",
                "resnet18(width=4, stride=16) | auxiliary | fcn",
                "--data",
                data.path().toString(),
                "--out",
                temp.resolve(out).toString(),
                "--batch",
                "2"));
    arguments.addAll(List.of(more));
    return Run.inlay(arguments.toArray(String[]::new));
  }

  @Test
  void whatIsNotTheDefaultIsSaidBeforeTraining() throws IOException {
    Run run =
        train(
            "all",
            "--iterations",
            "2",
            "--accumulate",
            "2",
            "--clip-norm",
            "0.5",
            "--ema",
            "--freeze",
            "layer1",
            "--head-rate",
            "10",
            "--no-decay",
            "norms,biases",
            "--group",
            "fcn: rate=0.5");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("2 batches of 2 for one update")
        .contains("clipped to the norm 0.5")
        .contains("of the weights, decay 0.9998; it is scored and saved")
        .containsPattern("frozen +12 of 7\\d parameter tensors")
        .containsPattern("group +head: rate x10.0, decay x1.0, \\d+ tensors with [\\d,]+ numbers")
        .containsPattern("no decay: rate x1.0, decay x0.0, ")
        .containsPattern("group +fcn: rate x0.5, decay x1.0, ");
    for (String line : Files.readAllLines(temp.resolve("all/log.jsonl"))) {
      JsonObject entry = JsonParser.parseString(line).getAsJsonObject();
      if (entry.has("loss")) {
        assertThat(entry.get("gradient_norm").getAsDouble()).isPositive();
      }
    }
  }

  @Test
  void aTrainingThatBecomesNoBetterStopsEarlyAndIsNotResumed() {
    Run run =
        train(
            "early",
            "--iterations",
            "20",
            "--evaluate-every",
            "2",
            "--patience",
            "2",
            "--rate",
            "1e-9");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("stopped early after iteration [2-9]: no higher mIoU in the last 2 scor")
        .contains("best mIoU");

    Run again = Run.inlay("train", "--resume", temp.resolve("early").toString());
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out()).contains("stopped early after iteration");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      --accumulate 0          | --accumulate is 0
      --clip-norm 0           | --clip-norm is 0.0; it must be more than 0.
      --clip-norm -1          | --clip-norm is -1.0; it must be more than 0.
      --ema 1                 | --ema is 1.0; it must be between 0 and 1.
      --ema 0                 | --ema is 0.0; it must be between 0 and 1.
      --head-rate -2          | --head-rate is -2.0; it must be 0 or more.
      --patience 0            | --patience is 0
      --freeze encoder        | --freeze is 'encoder', but no parameter has such a name. The stages are resnet, auxiliary, fcn,
      --freeze layer[         | --freeze is 'layer[', which is neither a stage nor a regular expression:
      --freeze .              | parameters are frozen, so that nothing is left to train. Freeze fewer.
      --freeze-norm encoder   | --freeze-norm is 'encoder', but no parameter has such a name.
      --no-decay norm         | --no-decay is 'norm', but 'norm' is neither 'norms' nor 'biases'. Did you mean 'norms'?
      --group fcn             | --group: 'fcn' has no colon between the parameters and their factors.
      --group fcn:rates=2     | --group: 'fcn:rates=2' has the factor 'rates', but groups have 'rate' and 'decay'. Did you mean 'rate'?
      --group fcn:rate=many   | --group: 'fcn:rate=many' has the factor 'many', which must be a number of 0 or more.
      --group fcn:rate=-1     | --group: 'fcn:rate=-1' has the factor '-1', which must be a number of 0 or more.
      --group encoder:rate=2  | --group is 'encoder', but no parameter has such a name.
      --group ;               | --group is ';', which has no group.
      """)
  void aWrongValueIsOneMessage(String option, String message) {
    Run run = train("wrong", option.split(" "));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message).doesNotContain("\tat ");
    assertThat(temp.resolve("wrong")).doesNotExist();
  }
}
