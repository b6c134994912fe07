package dev.inlay.cli.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
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

/** Scores with intervals, boundaries, calibration, comparison and report. */
final class EvaluateCommandTest {

  @TempDir private static Path temp;
  private static DatasetFolder data;
  private static Path model;
  private static Path other;

  @BeforeAll
  static void train() throws IOException {
    data = DatasetFolder.write(temp.resolve("data"), 8, 4);
    model = trained("first", "30");
    other = trained("second", "2");
  }

  private static Path trained(String out, String iterations) {
    Run run =
        Run.inlay(
            "train",
            "--network",
            "resnet18(width=8, stride=16) | ppm | fcn",
            "--data",
            data.path().toString(),
            "--out",
            temp.resolve(out).toString(),
            "--iterations",
            iterations,
            "--batch",
            "4");
    assertThat(run.code()).as(run.err()).isZero();
    return temp.resolve(out).resolve("last.safetensors");
  }

  private static Run evaluate(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("evaluate", "--model", model.toString(), "--data", data.path().toString()));
    arguments.addAll(List.of(more));
    return Run.inlay(arguments.toArray(String[]::new));
  }

  private static JsonObject json(String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.add("--json");
    Run run = evaluate(arguments.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  @Test
  void theIntervalHoldsTheScoreAndMeansFollowFromTheClasses() {
    JsonObject scores = json();

    double miou = scores.get("miou").getAsDouble();
    JsonArray interval = scores.getAsJsonObject("intervals").getAsJsonArray("miou");
    assertThat(interval.get(0).getAsDouble()).isLessThanOrEqualTo(miou);
    assertThat(interval.get(1).getAsDouble()).isGreaterThanOrEqualTo(miou);
    double sum = 0;
    int known = 0;
    for (JsonElement each : scores.getAsJsonArray("classes")) {
      JsonElement dice = each.getAsJsonObject().get("dice");
      sum += dice.isJsonNull() ? 0 : dice.getAsDouble();
      known += dice.isJsonNull() ? 0 : 1;
    }
    assertThat(scores.get("meanDice").getAsDouble()).isCloseTo(sum / known, within(1e-9));
  }

  @Test
  void aModelIsNotBetterThanItselfAndIsComparedWithAnother() {
    JsonObject same = json("--compare", model.toString()).getAsJsonObject("comparison");
    JsonObject scores = json("--compare", other.toString());
    JsonObject less = scores.getAsJsonObject("comparison").getAsJsonObject("miou");

    assertThat(same.getAsJsonObject("miou").get("better").getAsString()).isEqualTo("chance");
    assertThat(same.getAsJsonObject("miou").get("difference").getAsDouble()).isZero();
    assertThat(less.get("first")).isEqualTo(scores.get("miou"));
    assertThat(less.get("difference").getAsDouble())
        .isEqualTo(less.get("first").getAsDouble() - less.get("second").getAsDouble())
        .isNotZero();
    assertThat(less.get("low").getAsDouble()).isLessThanOrEqualTo(less.get("high").getAsDouble());
  }

  @Test
  void aReportIsAPageWithItsNumbersAndCanBeComparedWith() throws IOException {
    Path report = temp.resolve("report");
    Run run = evaluate("--report", report.toString(), "--boundary", "--calibration");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("95 % interval", "mean boundary F1", "expected calibration error")
        .contains("Report: " + report.resolve("report.html"));
    assertThat(Files.readString(report.resolve("report.html")))
        .contains("Which class is taken for which", "lowest scores", "Calibration", "Boundaries")
        .contains("data:image/jpeg;base64,")
        .doesNotContain("http");
    assertThat(Files.readAllLines(report.resolve("images.csv")))
        .hasSize(1 + 4)
        .first()
        .asString()
        .startsWith("image,miou,pixel_accuracy,iou ");

    JsonObject again = json("--compare", report.toString()).getAsJsonObject("comparison");
    assertThat(again.getAsJsonObject("miou").get("difference").getAsDouble()).isZero();

    JsonObject scores =
        JsonParser.parseString(Files.readString(report.resolve("scores.json"))).getAsJsonObject();
    assertThat(scores.get("images").getAsInt()).isEqualTo(4);
    JsonArray first =
        scores.getAsJsonArray("perImage").get(0).getAsJsonObject().getAsJsonArray("counts");
    first.set(0, new Gson().toJsonTree(List.of(0, 1, 0)));
    Files.writeString(report.resolve("scores.json"), scores.toString());
    assertThat(evaluate("--compare", report.toString()).err())
        .contains("The labels of ", "have changed between the scorings of ");
    first.remove(0);
    Files.writeString(report.resolve("scores.json"), scores.toString());
    assertThat(evaluate("--compare", report.toString()).err())
        .contains("is not what inlay evaluate --report writes.");
  }

  @Test
  void imagesStandWithTheLowestScoreFirst() throws IOException {
    Path report = temp.resolve("sorted");
    evaluate("--report", report.toString());

    List<Double> scores =
        Files.readAllLines(report.resolve("images.csv")).stream()
            .skip(1)
            .map(line -> Double.parseDouble(line.split(",")[1]))
            .toList();
    assertThat(scores).hasSize(4).isSorted();
  }

  @Test
  void aWindowOfTheImagesSizeIsTheWholeImage() {
    String size = DatasetFolder.HEIGHT + "x" + DatasetFolder.WIDTH;

    JsonObject whole = json();
    JsonObject one = json("--mode", "slide", "--window", size);
    JsonObject parts = json("--mode", "slide", "--window", "32x32", "--stride", "16x16");

    assertThat(one.get("miou")).isEqualTo(whole.get("miou"));
    assertThat(parts.get("miou")).isNotEqualTo(whole.get("miou"));
    assertThat(parts.get("mode").getAsString()).isEqualTo("windows of 32x32 every 16x16");
  }

  @Test
  void scalesAndMirrorImagesAreAveraged() {
    JsonObject varied = json("--scales", "0.5,1,1.5", "--flip");

    assertThat(varied.get("miou").getAsDouble()).isPositive();
    assertThat(varied.get("mode").getAsString())
        .isEqualTo("each image whole, scales 0.5, 1.0, 1.5, mirrored, too");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      --mode tiles                              | --mode is
      --mode slide                              | --mode slide needs the size of its windows.
      --window 32x32                            | --window and --stride are for --mode slide.
      --mode slide --window 32                  | --window is '32'; it must be HxW, height and width in pixels
      --mode slide --window 0x32                | The window is 0x32; height and width must be 1 or more.
      --mode slide --window 32x32 --stride 40x8 | so that pixels between windows are never predicted.
      --scales 0                                | The scale is 0.0; it must be between 0.05 and 20.
      --calibration --flip                      | --calibration is for images that are predicted whole and once.
      --compare nowhere                         | nowhere
      """)
  void aWrongOptionIsOneMessage(String options, String message) {
    Run run = evaluate(options.split(" "));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message).doesNotContain("\tat ");
  }

  @Test
  void aFolderWithoutAReportAndOneOfOtherClassesAreRefused() throws IOException {
    Path text = Files.writeString(temp.resolve("notes.txt"), "no model");
    Run noModel = evaluate("--compare", text.toString());
    assertThat(noModel.code()).isEqualTo(2);
    assertThat(noModel.err()).contains("notes.txt").doesNotContain("\tat ");

    Path empty = Files.createDirectory(temp.resolve("empty"));
    assertThat(evaluate("--compare", empty.toString()).err()).contains("scores.json");

    Files.writeString(empty.resolve("scores.json"), "{\"classes\": 3}");
    assertThat(evaluate("--compare", empty.toString()).err())
        .contains("is not what inlay evaluate --report writes.");

    Files.writeString(empty.resolve("scores.json"), "{\"classes\": [{\"name\": \"boat\"}]}");
    assertThat(evaluate("--compare", empty.toString()).err())
        .contains("has the scores of other classes (boat)");
  }
}
