package dev.inlay.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.inlay.cli.DatasetFolder;
import dev.inlay.cli.Run;
import dev.inlay.image.ImageFile;
import dev.inlay.image.LabelMap;
import dev.inlay.image.RgbImage;
import dev.inlay.weights.ModelInfo;
import dev.inlay.weights.Safetensors;
import dev.inlay.weights.SafetensorsWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training, scoring and predicting from end to end, on scenes the size of a stamp. */
final class TrainCommandTest {

  private static final String NETWORK = "resnet18(width=8, stride=16) | auxiliary | fcn";

  @TempDir private static Path temp;
  private static DatasetFolder data;
  private static Path out;
  private static Run training;

  @BeforeAll
  static void train() throws IOException {
    data = DatasetFolder.write(temp.resolve("data"), 12, 5);
    out = temp.resolve("runs/first");
    training =
        Run.inlay(
            "train",
            "--network",
            NETWORK,
            "--data",
            data.path().toString(),
            "--out",
            out.toString(),
            "--iterations",
            "12",
            "--batch",
            "4",
            "--evaluate-every",
            "5");
  }

  private static Path best() {
    return out.resolve("best.safetensors");
  }

  private static JsonObject evaluate(Path model, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("evaluate", "--model", model.toString(), "--data", data.path().toString()));
    arguments.addAll(List.of(more));
    arguments.add("--json");
    Run run = Run.inlay(arguments.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  @Test
  void theReportHasCurvesClassesPredictionsAndSettings() throws IOException {
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("Iteration 12 of 12", "; done", "held-out images", "learning rate", "<svg")
        .contains("waiting for data", "12 images to train on", "data:image/jpeg;base64,")
        .contains("<pre>", "iterations: &#39;12".replace("&#39;", "'"))
        .doesNotContain("http-equiv=\"refresh\"", "http://", "https://");
  }

  @Test
  void trainingSaysWhatItDoesAndWhereThingsAre() {
    assertThat(training.code()).as(training.err()).isZero();
    assertThat(training.out())
        .contains("resnet18(stride=16, width=8) | auxiliary | fcn")
        .contains("6 classes, 12 images to train on (train), 5 to score on (val)")
        .contains("12 of 4 images, crop 32x40, scale 0.5-2")
        .contains("iteration 5: held-out mIoU ")
        .contains("iteration 10: held-out mIoU ")
        .contains("iteration 12: held-out mIoU ")
        .contains("inlay evaluate --model " + best() + " --data " + data.path() + " --split val");
    assertThat(training.err())
        .containsPattern("training 12/12  loss [0-9.]+, mIoU [0-9.]+ %, rate [0-9.]+")
        .doesNotContain("inlay:");
  }

  @Test
  void theFolderHoldsTheModelsTheHistoryAndTheCurves() throws IOException {
    try (var files = Files.list(out)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "best.safetensors",
              "last.safetensors",
              "history.csv",
              "curves.png",
              "log.jsonl",
              "run.yaml",
              "state.safetensors",
              "report.html",
              "state-earlier.safetensors");
    }
    List<String> history = Files.readAllLines(out.resolve("history.csv"));
    assertThat(history).hasSize(13);
    assertThat(history.get(0))
        .isEqualTo(
            "iteration,loss,loss_decoder,loss_auxiliary,train_miou,rate,seconds,"
                + "val_miou,val_pixel_accuracy,val_mean_accuracy");
    assertThat(history.get(4)).startsWith("4,").endsWith(",,,");
    assertThat(history.get(5)).matches("5,([0-9.e+-]+,){8}[0-9.]+");
    RgbImage curves = ImageFile.read(out.resolve("curves.png"));
    assertThat(curves.width()).isGreaterThan(600);
  }

  @Test
  void evaluateComesToTheScoreThatTrainingNoted() {
    String noted;
    try (Safetensors file = Safetensors.open(out.resolve("last.safetensors"))) {
      noted = ModelInfo.of(file).training().get("miou");
    }

    JsonObject scores = evaluate(out.resolve("last.safetensors"));

    assertThat(String.format(Locale.ROOT, "%.4f", scores.get("miou").getAsDouble()))
        .isEqualTo(noted);
    assertThat(scores.get("images").getAsInt()).isEqualTo(5);
    assertThat(scores.get("split").getAsString()).isEqualTo("val");
    assertThat(scores.getAsJsonArray("classes")).hasSize(6);
    assertThat(scores.get("pixels").getAsLong())
        .isEqualTo(5L * DatasetFolder.WIDTH * DatasetFolder.HEIGHT);
  }

  @Test
  void evaluatePrintsATableOfTheClasses() {
    Run run =
        Run.inlay(
            "evaluate",
            "--model",
            best().toString(),
            "--data",
            data.path().toString(),
            "--split",
            "train");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("on 12 images (train)")
        .contains("ground", "sky", "ball", "wall", "window", "beam")
        .containsPattern("mIoU [0-9.]+ %, pixel accuracy [0-9.]+ %, mean accuracy [0-9.]+ %");
  }

  @Test
  void theSameSeedTrainsTheSameModel() throws IOException {
    Path again = temp.resolve("again");
    Run.inlay(
        "train",
        "--network",
        NETWORK,
        "--data",
        data.path().toString(),
        "--out",
        again.toString(),
        "--iterations",
        "12",
        "--batch",
        "4",
        "--workers",
        "2",
        "--evaluate-every",
        "5");

    List<String> first = Files.readAllLines(out.resolve("history.csv"));
    List<String> second = Files.readAllLines(again.resolve("history.csv"));
    for (int i : new int[] {1, 2}) {
      assertThat(loss(second.get(i))).isEqualTo(loss(first.get(i)));
    }
  }

  private static String loss(String row) {
    int comma = row.indexOf(',');
    return row.substring(comma + 1, row.indexOf(',', comma + 1));
  }

  private static Run trainWith(Path to, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--network",
                NETWORK,
                "--data",
                data.path().toString(),
                "--out",
                to.toString(),
                "--iterations",
                "2",
                "--batch",
                "2"));
    arguments.addAll(List.of(more));
    return Run.inlay(arguments.toArray(String[]::new));
  }

  @Test
  void theOptionsOfSgdAreThoseOfTheOptimizer() throws IOException {
    Path spec = temp.resolve("by-spec");
    Path options = temp.resolve("by-options");
    Run bySpec = trainWith(spec, "--optimizer", "sgd(momentum=0.5, decay=1e-2)");
    Run byOptions = trainWith(options, "--momentum", "0.5", "--weight-decay", "0.01");

    assertThat(bySpec.code()).as(bySpec.err()).isZero();
    assertThat(byOptions.code()).as(byOptions.err()).isZero();
    assertThat(Files.readAllBytes(spec.resolve("last.safetensors")))
        .isEqualTo(Files.readAllBytes(options.resolve("last.safetensors")))
        .isNotEqualTo(Files.readAllBytes(out.resolve("last.safetensors")));
  }

  @Test
  void anOptimizerThatCannotBeIsRefused() {
    Path nowhere = temp.resolve("nowhere");
    assertThat(trainWith(nowhere, "--optimizer", "sdg").err())
        .isEqualToNormalizingNewlines(
            """
            inlay: No technique is named 'sdg'. Did you mean 'sgd'? Optimizers: adamw, sgd. %s
              sdg
              ^^^
            """
                .formatted(looked()));
    assertThat(trainWith(nowhere, "--optimizer", "aspp").err())
        .isEqualToNormalizingNewlines(
            """
            inlay: 'aspp' is a context module, but must be an optimizer. Optimizers: adamw, sgd.
              aspp
              ^^^^
            """);
    assertThat(trainWith(nowhere, "--optimizer", "sgd(momentum=2)").err())
        .isEqualToNormalizingNewlines(
            """
            inlay: sgd.momentum is 2.0; it must be from 0 to 1.
              sgd(momentum=2)
                           ^
            """);
    assertThat(trainWith(nowhere, "--optimizer", "sgd | sgd").err())
        .startsWith("inlay: One optimizer must stand alone, but a second stage follows.");
    assertThat(trainWith(nowhere, "--optimizer", "sgd", "--momentum", "0.5").err())
        .startsWith("inlay: --momentum and --weight-decay are options of sgd without --optimizer.");
    assertThat(nowhere).doesNotExist();
  }

  private static String looked() {
    String unknown = Run.inlay("describe", "no-such-thing").err();
    return unknown.substring(unknown.indexOf("Looked on")).strip();
  }

  @Test
  void predictWritesLabelsWithThePaletteAndAnOverlay() throws IOException {
    Path results = temp.resolve("results");
    DatasetFolder.picture(temp.resolve("odd.png"), 37, 51, BufferedImage.TYPE_INT_RGB);
    Run run =
        Run.inlay(
            "predict",
            "--model",
            best().toString(),
            data.image("val", 0).toString(),
            temp.resolve("odd.png").toString(),
            "--out",
            results.toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains(temp.resolve("odd.png") + " -> ");
    LabelMap labels = LabelMap.read(results.resolve("odd_labels.png"));
    assertThat(labels.width()).isEqualTo(37);
    assertThat(labels.height()).isEqualTo(51);
    for (byte id : labels.ids()) {
      assertThat(id).isBetween((byte) 0, (byte) 5);
    }
    assertThat(ImageFile.read(results.resolve("scene-0000_overlay.png")).width())
        .isEqualTo(DatasetFolder.WIDTH);
  }

  @Test
  void predictTakesFoldersAndKeepsImagesOfOneNameApart() throws IOException {
    Path results = temp.resolve("folders");
    Run run =
        Run.inlay(
            "predict",
            "--model",
            best().toString(),
            data.image("val", 0).toString(),
            data.path().resolve("train/images").toString(),
            "--out",
            results.toString(),
            "--opacity",
            "1");

    assertThat(run.code()).as(run.err()).isZero();
    try (var files = Files.list(results)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .hasSize(26)
          .contains("scene-0000_labels.png", "scene-0000-2_labels.png", "scene-0000-2_overlay.png");
    }
  }

  @Test
  void predictGoesOnAfterABadImageAndReportsIt() throws IOException {
    Path results = temp.resolve("some");
    Path broken = Files.writeString(temp.resolve("broken.png"), "no picture");
    Run run =
        Run.inlay(
            "predict",
            "--model",
            best().toString(),
            broken.toString(),
            data.image("val", 1).toString(),
            temp.resolve("missing.jpg").toString(),
            "--out",
            results.toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().lines().filter(line -> line.startsWith("inlay:")))
        .containsExactly(
            "inlay: "
                + broken
                + " is a text that begins with 'no picture', not an image that can be read. Check the"
                + " address that it was fetched from.",
            "inlay: " + temp.resolve("missing.jpg") + " does not exist. Check the path.");
    try (var files = Files.list(results)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("scene-0001_labels.png", "scene-0001_overlay.png");
    }
  }

  @Test
  void predictEntersFoldersAndNamesWhatItSkips() throws IOException {
    Path photos = temp.resolve("photos");
    Path results = photos.resolve("results");
    DatasetFolder.picture(photos.resolve("a.png"), 16, 16, BufferedImage.TYPE_INT_RGB);
    DatasetFolder.picture(photos.resolve("x/a.png"), 16, 24, BufferedImage.TYPE_INT_RGB);
    Files.writeString(photos.resolve("x/notes.txt"), "no picture");
    Files.createSymbolicLink(photos.resolve("x/gone.jpg"), Path.of("nowhere.jpg"));
    for (int i = 0; i < 2; i++) {
      Run run =
          Run.inlay(
              "predict",
              "--model",
              best().toString(),
              photos.toString(),
              "--recursive",
              "--out",
              results.toString());
      assertThat(run.code()).as(run.err()).isEqualTo(2);
      assertThat(run.err())
          .contains("x/notes.txt (no image)")
          .contains(
              "x/gone.jpg is a link to "
                  + photos.resolve("x/nowhere.jpg")
                  + ", which does not exist.");
    }
    assertThat(LabelMap.read(results.resolve("x/a_labels.png")).height()).isEqualTo(24);
    assertThat(results.resolve("a_overlay.png")).exists();
    assertThat(results.resolve("results")).doesNotExist();
  }

  @Test
  void predictNeverReplacesAnImage() throws IOException {
    Path folder = temp.resolve("trap");
    DatasetFolder.picture(folder.resolve("a.png"), 16, 16, BufferedImage.TYPE_INT_RGB);
    DatasetFolder.picture(folder.resolve("a_overlay.png"), 16, 16, BufferedImage.TYPE_INT_RGB);
    Run run =
        Run.inlay(
            "predict", "--model", best().toString(), folder.toString(), "--out", folder.toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualToNormalizingNewlines(
            "inlay: The result for "
                + folder.resolve("a.png")
                + " would replace the image "
                + folder.resolve("a_overlay.png")
                + ". Give --out another folder.\n");
  }

  @Test
  void aModelWhoseSpecIsAnothersIsRefused() throws IOException {
    Path other = temp.resolve("other.safetensors");
    try (Safetensors file = Safetensors.open(best())) {
      Map<String, String> metadata = new LinkedHashMap<>(file.metadata());
      metadata.put("spec", "resnet18(width=16, stride=16) | auxiliary | fcn");
      SafetensorsWriter.write(
          other,
          metadata,
          List.copyOf(file.tensors().values()),
          (tensor, channel) -> {
            ByteBuffer bytes = ByteBuffer.allocate((int) tensor.bytes());
            file.read(file.tensor(tensor.name()), bytes);
            channel.write(bytes.flip());
          });
    }
    Run run = Run.inlay("evaluate", "--model", other.toString(), "--data", data.path().toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .startsWith("inlay: " + other)
        .contains("resnet18(stride=16, width=16) | auxiliary | fcn")
        .doesNotContain("\tat ");
  }

  @Test
  void aModelAndADatasetMustAgreeOnTheClasses() throws IOException {
    DatasetFolder renamed = DatasetFolder.write(temp.resolve("renamed"), 1, 1);
    renamed.describe(DatasetFolder.renamed(3, "house"));
    Run run =
        Run.inlay("evaluate", "--model", best().toString(), "--data", renamed.path().toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualToNormalizingNewlines(
            "inlay: Class 3 is 'wall' in "
                + best()
                + ", but 'house' in "
                + renamed.path().resolve("dataset.yaml")
                + ". Score the model on a dataset with its classes in its order.\n");
  }

  @Test
  void aTrainingThatDivergesKeepsWhatItSavedBefore() {
    Path runs = temp.resolve("runs/diverged");
    Run diverged =
        Run.inlay(
            "train",
            "--network",
            NETWORK,
            "--data",
            data.path().toString(),
            "--out",
            runs.toString(),
            "--iterations",
            "8",
            "--batch",
            "4",
            "--evaluate-every",
            "1",
            "--warmup",
            "0",
            "--rate",
            "1e9");
    assertThat(diverged.code()).isEqualTo(2);
    assertThat(diverged.err())
        .containsPattern("iteration [2-8] ")
        .contains("what was saved before stays.")
        .as("a model that is not finite is not tried to be saved")
        .doesNotContain("The training goes on");
    // It opens only if all its numbers are finite.
    Run exported =
        Run.inlay(
            "export",
            runs.resolve("last.safetensors").toString(),
            "--format",
            "pytorch",
            "--out",
            runs.resolve("last.pth").toString());
    assertThat(exported.code()).as(exported.err()).isZero();
  }
}
