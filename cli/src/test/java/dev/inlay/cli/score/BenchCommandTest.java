package dev.inlay.cli.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.inlay.cli.Run;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code inlay bench}, on a network of next to nothing. */
final class BenchCommandTest {

  private static final String TINY = "resnet18(width=4, stride=32) | auxiliary | fcn";

  private static JsonObject json(Run run) {
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out().lines()).hasSize(1);
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  @Test
  void predictionsAreTimed() {
    JsonObject line = json(Run.inlay("bench", TINY, "--input", "3x33x47", "--runs", "3", "--json"));

    assertThat(line.keySet())
        .startsWith("net", "mode", "input", "device", "threads", "median_ms", "min_ms")
        .contains("peak_rss_mb", "parameters", "torch", "fold", "layout", "precision")
        .contains("ready_ms", "engine_ms");
    assertThat(line.get("net").getAsString()).isEqualTo(TINY);
    assertThat(line.get("mode").getAsString()).isEqualTo("infer");
    assertThat(line.get("input").getAsString()).isEqualTo("1x3x33x47");
    assertThat(line.get("min_ms").getAsDouble())
        .isPositive()
        .isLessThanOrEqualTo(line.get("median_ms").getAsDouble());
    assertThat(line.get("torch").getAsString()).startsWith("2.");
  }

  @Test
  void trainingStepsAreTimedAndEveryParameterIsCounted() {
    JsonObject line =
        json(
            Run.inlay(
                "bench",
                TINY,
                "--mode",
                "train",
                "--input",
                "2x3x32x32",
                "--runs",
                "1",
                "--classes",
                "5",
                "--json"));
    JsonObject costs =
        JsonParser.parseString(Run.inlay("summary", TINY, "--classes", "5", "--json").out())
            .getAsJsonObject();

    assertThat(line.get("mode").getAsString()).isEqualTo("train");
    assertThat(line.get("classes").getAsInt()).isEqualTo(5);
    assertThat(line.get("parameters")).isEqualTo(costs.get("parameters"));
  }

  @Test
  void fasterFormsAreTimed() {
    Run run =
        Run.inlay(
            "bench",
            TINY,
            "--input",
            "3x32x32",
            "--runs",
            "1",
            "--fold",
            "--layout",
            "channels-last",
            "--precision",
            "bf16");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines().map(line -> line.replaceAll("  +", ": ")))
        .contains("mode: infer, folded, channels-last, bf16", "input: 1x3x32x32, 19 classes")
        .anyMatch(line -> line.matches("median: [0-9.]+ ms of 1 run"))
        .anyMatch(line -> line.matches("least: [0-9.]+ ms"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "--mode ! test ! --mode is test; it must be one of [infer, train].",
        "--layout ! nhwc ! --layout is nhwc; it must be one of [channels-first, channels-last].",
        "--precision ! fp16 ! --precision is fp16; it must be one of [fp32, bf16].",
        "--runs ! 0 ! --runs is 0; it must be 1 or more.",
        "--input ! 1x3x20000x20000 ! --input is '1x3x20000x20000', 1200000000 values; take at most"
            + " 536870911.",
        "--device ! tpu ! The device is 'tpu'; it must be auto, cpu, gpu0, gpu1 and so on.",
      })
  void wrongOptionIsRefused(String option, String value, String message) {
    assertThat(Run.inlay("bench", TINY, option, value))
        .isEqualTo(new Run(2, "", "inlay: " + message + System.lineSeparator()));
  }

  @Test
  void stagesAreTimedBesideTheWhole() {
    JsonObject line =
        json(Run.inlay("bench", TINY, "--by-stage", "--input", "3x32x32", "--runs", "1", "--json"));

    assertThat(line.get("whole_ms").getAsDouble()).isPositive();
    JsonArray stages = line.getAsJsonArray("stages");
    assertThat(stages.asList())
        .extracting(stage -> stage.getAsJsonObject().get("name").getAsString())
        .containsExactly("image", "resnet", "auxiliary", "fcn");
    double sum =
        stages.asList().stream()
            .mapToDouble(stage -> stage.getAsJsonObject().get("median_ms").getAsDouble())
            .sum();
    assertThat(line.get("sum_ms").getAsDouble()).isCloseTo(sum, within(0.01));
    JsonObject resnet = stages.get(1).getAsJsonObject();
    assertThat(resnet.get("median_ms").getAsDouble()).isPositive();
    assertThat(resnet.get("multiply_adds").getAsLong()).isPositive();
    assertThat(resnet.get("bytes").getAsLong()).isPositive();
    assertThat(stages.get(2).getAsJsonObject().get("median_ms").getAsDouble()).isZero();

    Run table =
        Run.inlay("bench", TINY, "--by-stage", "--input", "3x32x32", "--runs", "1", "--fold");
    assertThat(table.out())
        .contains(
            "multiply-adds", "sum of the stages", "in one piece", "resnet18(width=4, stride=32)");
  }

  @Test
  void stagesOfATrainingStepAreNotForBench() {
    assertThat(Run.inlay("bench", TINY, "--by-stage", "--mode", "train").err())
        .isEqualTo(
            "inlay: --by-stage is for --mode infer; 'inlay trace --backward' times the stages of a training step."
                + System.lineSeparator());
  }

  @Test
  void modulesAreTimedSideBySide() {
    JsonObject line =
        json(
            Run.inlay(
                "bench",
                "--module",
                "ppm",
                "--module",
                "criss-cross | fcn",
                "--input",
                "16x9x8",
                "--runs",
                "2",
                "--json"));

    assertThat(line.get("input").getAsString()).isEqualTo("1x16x9x8");
    JsonArray modules = line.getAsJsonArray("modules");
    assertThat(modules.asList())
        .extracting(module -> module.getAsJsonObject().get("module").getAsString())
        .containsExactly("ppm", "criss-cross | fcn");
    JsonObject ppm = modules.get(0).getAsJsonObject();
    JsonObject summary =
        JsonParser.parseString(
                Run.inlay("summary", "--module", "ppm", "--input", "16x9x8", "--json").out())
            .getAsJsonObject();
    assertThat(ppm.get("parameters")).isEqualTo(summary.get("parameters"));
    assertThat(ppm.get("conv_macs")).isEqualTo(summary.get("convMacs"));
    assertThat(ppm.get("median_ms").getAsDouble())
        .isGreaterThanOrEqualTo(ppm.get("min_ms").getAsDouble())
        .isPositive();
    assertThat(ppm.get("bytes").getAsLong()).isGreaterThan(4L * 16 * 9 * 8);
    assertThat(Run.inlay("bench", "--module", "ppm", "--input", "16x9x8", "--runs", "1").out())
        .contains("maps of 1x16x9x8, channels-first, fp32, 2 threads, medians of 1", "ppm ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "'' ! bench times a network or, with --module, modules. Give one of the two",
        "TINY --module ppm ! bench times a network or, with --module, modules. Give one of the two",
        "--module ppm --mode train ! --module is for predictions in one piece",
        "--module ppm --by-stage ! --module is for predictions in one piece",
        "--module ppm --input 9x8 ! --input is '9x8'; with --module it must be the map's CxHxW",
        "--module resnet18 ! is neither a context module nor a decoder at the end",
      })
  void modulesOrANetwork(String arguments, String message) {
    String[] words = ("bench " + arguments).strip().split(" ");
    Run run =
        Run.inlay(
            Arrays.stream(words).map(w -> w.equals("TINY") ? TINY : w).toArray(String[]::new));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }

  @Test
  void deviceThatIsNotThereIsRefused() {
    Run run = Run.inlay("bench", TINY, "--device", "gpu99");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("inlay: The device gpu99 is not there: the engine sees ");
  }

  @Test
  void foldingWhileTrainingIsRefused() {
    assertThat(Run.inlay("bench", TINY, "--mode", "train", "--fold"))
        .isEqualTo(
            new Run(
                2,
                "",
                "inlay: --fold is for --mode infer: folded normalisation can't be trained. Leave out one of the two."
                    + System.lineSeparator()));
  }

  @Test
  void threadsAreTwoUnlessToldOtherwise() {
    System.clearProperty("ai.djl.pytorch.num_threads");
    Run.inlay("bench", "no-such-preset");
    assertThat(System.getProperty("ai.djl.pytorch.num_threads")).isEqualTo("2");

    Run.inlay("bench", "no-such-preset", "--threads", "1");
    assertThat(System.getProperty("ai.djl.pytorch.num_threads")).isEqualTo("1");
  }
}
