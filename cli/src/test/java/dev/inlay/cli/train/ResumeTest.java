package dev.inlay.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.inlay.cli.DatasetFolder;
import dev.inlay.cli.Inlay;
import dev.inlay.cli.Run;
import dev.inlay.train.run.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that are killed, stopped and resumed, each in a process of its own. */
final class ResumeTest {

  private static final String NETWORK = "resnet18(width=8, stride=16) | auxiliary | fcn";
  private static final int ITERATIONS = 14;

  @TempDir private static Path temp;
  private static DatasetFolder data;
  private static Path whole;

  @BeforeAll
  static void trainWithoutABreak() throws IOException {
    data = DatasetFolder.write(temp.resolve("data"), 9, 3);
    whole = temp.resolve("whole");
    Run run = Run.inlay(training(whole, "1").toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
  }

  private static List<String> training(Path out, String workers) {
    return List.of(
        "train",
        "--network",
        NETWORK,
        "--data",
        data.path().toString(),
        "--out",
        out.toString(),
        "--iterations",
        "" + ITERATIONS,
        "--batch",
        "4",
        "--evaluate-every",
        "6",
        "--save-every",
        "4",
        "--ema",
        "0.9",
        "--clip-norm",
        "5",
        "--workers",
        workers);
  }

  private static Process started(List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Inlay.class.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(temp.resolve("output.txt").toFile())
        .start();
  }

  private static void awaitIteration(Process process, Path out, int iteration) throws Exception {
    while (process.isAlive() && lines(out).size() < iteration) {
      Thread.sleep(1);
    }
  }

  private static List<String> lines(Path out) throws IOException {
    Path log = out.resolve(RunFolder.LOG);
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  private static void assertSameEnd(Path out) throws IOException {
    for (String file : List.of(RunFolder.LAST, RunFolder.BEST)) {
      assertThat(out.resolve(file)).as(file).hasSameBinaryContentAs(whole.resolve(file));
    }
    assertThat(values(out)).isEqualTo(values(whole)).hasSize(ITERATIONS + 3);
  }

  /** The log's lines without times and without the score of the latest batches. */
  private static List<JsonObject> values(Path out) throws IOException {
    List<JsonObject> values = new ArrayList<>();
    for (String line : lines(out)) {
      JsonObject object = JsonParser.parseString(line).getAsJsonObject();
      List.of("seconds", "time", "train_miou").forEach(object::remove);
      values.add(object);
    }
    return values;
  }

  @Test
  void aKilledTrainingGoesOnAsIfItHadNotBeen() throws Exception {
    assumeTrue(List.of("amd64", "x86_64").contains(System.getProperty("os.arch")));
    Path out = temp.resolve("killed");
    Process process = started(training(out, "2"));
    awaitIteration(process, out, 9);
    process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    int done = lines(out).size();
    assertThat(done).as("lines before the kill").isBetween(9, ITERATIONS);

    Process resumed = started(List.of("train", "--resume", out.toString(), "--workers", "4"));
    assertThat(resumed.waitFor()).as(output()).isZero();
    assertThat(output())
        .containsPattern("resumed after iteration (4|6|8|12) of 14")
        .contains("best mIoU");
    assertSameEnd(out);
  }

  @Test
  void aSignalStopsSavesAndSaysHowToGoOn() throws Exception {
    assumeTrue(List.of("amd64", "x86_64").contains(System.getProperty("os.arch")));
    Path out = temp.resolve("stopped");
    Process process = started(training(out, "1"));
    awaitIteration(process, out, 2);
    process.destroy();
    assertThat(process.waitFor()).as(output()).isEqualTo(128 + 15);
    assertThat(output())
        .contains("the training stops after this iteration and is saved")
        .contains("inlay train --resume " + out);
    assertThat(out.resolve(RunFolder.LAST)).exists();
    assertThat(out.resolve("run.lock")).doesNotExist();

    Run resumed = Run.inlay("train", "--resume=" + out);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.out()).containsPattern("resumed after iteration \\d+ of 14");
    assertSameEnd(out);
  }

  private static String output() throws IOException {
    return Files.readString(temp.resolve("output.txt"), StandardCharsets.UTF_8);
  }

  @Test
  void aTrainingThatIsDoneStaysAsItIs() throws IOException {
    byte[] before = Files.readAllBytes(whole.resolve(RunFolder.LAST));
    Run again = Run.inlay("train", "--resume", whole.toString());
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out()).contains("resumed after iteration 14 of 14").contains("best mIoU");
    assertThat(Files.readAllBytes(whole.resolve(RunFolder.LAST))).isEqualTo(before);
  }

  @Test
  void aFolderThatHasATrainingIsRefused() {
    Run second = Run.inlay(training(whole, "1").toArray(String[]::new));
    assertThat(second.code()).isEqualTo(2);
    assertThat(second.err())
        .isEqualTo(
            "inlay: The folder %s has a training already: run.yaml. Go on with it by --resume %s, replace it with --overwrite, or name another folder.%n"
                .formatted(whole, whole));
  }

  @Test
  void aTrainingIsReplacedOnRequest() throws IOException {
    Path out = Files.createDirectories(temp.resolve("replaced"));
    Files.writeString(out.resolve("best.safetensors"), "old");
    Files.writeString(out.resolve("notes.txt"), "mine");
    List<String> arguments = new ArrayList<>(training(out, "1"));
    arguments.add("--overwrite");
    Run run = Run.inlay(arguments.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(out.resolve("notes.txt")).hasContent("mine");
    assertThat(values(out)).isEqualTo(values(whole));
  }

  @Test
  void twoTrainingsDoNotShareAFolder() {
    try (RunFolder open = RunFolder.resume(whole)) {
      Run second = Run.inlay("train", "--resume", open.path().toString());
      assertThat(second.code()).isEqualTo(2);
      assertThat(second.err())
          .isEqualTo(
              "inlay: Another training runs in %s. Wait for its end, or name another folder.%n"
                  .formatted(whole));
    }
  }

  @Test
  void whatCannotBeResumedIsNamed() throws IOException {
    assertThat(Run.inlay("train", "--resume", temp.resolve("nothing").toString()).err())
        .contains("which is no folder. Give the folder of a training, its --out.");
    Path empty = Files.createDirectories(temp.resolve("empty"));
    assertThat(Run.inlay("train", "--resume", empty.toString()).err())
        .contains("which has no run.yaml, so no training can go on there.");
    assertThat(Run.inlay("train", "--resume", whole.toString(), "--rate", "1").err())
        .isEqualTo(
            "inlay: --resume goes on with the options in %s, so --rate can't be given. Leave it out, or begin a new training with --out.%n"
                .formatted(whole.resolve("run.yaml")));
    Path torn = Files.createDirectories(temp.resolve("torn"));
    Files.writeString(torn.resolve("run.yaml"), "options: [1");
    Run run = Run.inlay("train", "--resume", torn.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("run.yaml is not YAML").contains("Correct the file.");
  }

  @Test
  void aDamagedStateIsReplacedByTheOneBefore() throws IOException {
    Path out = copy("damaged");
    Files.write(out.resolve(RunFolder.STATE), new byte[100]);
    Run run = Run.inlay("train", "--resume", out.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("The training goes on from the state before it, of iteration 12.");
    assertSameEnd(out);
  }

  @Test
  void aDatasetThatHasChangedIsRefused() throws IOException {
    Path out = copy("changed");
    Path config = out.resolve(RunFolder.CONFIG);
    Files.writeString(
        config,
        Files.readString(config).replaceAll("training images: .*", "training images: 7, x"));
    Run run = Run.inlay("train", "--resume", out.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("The training images have changed since the training began: then 7, x, now 9,");
  }

  private static Path copy(String name) throws IOException {
    Path out = Files.createDirectories(temp.resolve(name));
    try (var files = Files.list(whole)) {
      for (Path file : files.toList()) {
        Files.copy(file, out.resolve(file.getFileName()));
      }
    }
    return out;
  }

  /** The pixels of an image are damaged, which only its first reading shows. */
  @Test
  void aFailureInBetweenSavesTheTraining() throws IOException {
    DatasetFolder spoilt = DatasetFolder.write(temp.resolve("spoilt"), 9, 3);
    Path out = temp.resolve("failed");
    List<String> arguments = new ArrayList<>(training(out, "1"));
    arguments.set(arguments.indexOf(data.path().toString()), spoilt.path().toString());
    // Its header is whole, so that the check before the first step passes it.
    byte[] image = Files.readAllBytes(spoilt.image("val", 1));
    Files.write(spoilt.image("val", 1), Arrays.copyOf(image, image.length * 2 / 3));
    Run run = Run.inlay(arguments.toArray(String[]::new));
    assertThat(run.code()).isEqualTo(2);
    assertThat(out.resolve(RunFolder.LAST)).exists();
    DatasetFolder.write(spoilt.path(), 9, 3);

    Run resumed = Run.inlay("train", "--resume", out.toString());
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.out())
        .contains("resumed after iteration 6 of 14")
        .contains("iteration 6: held-out mIoU");
    assertSameEnd(out);
  }
}
