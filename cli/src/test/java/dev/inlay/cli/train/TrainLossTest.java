package dev.inlay.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.cli.DatasetFolder;
import dev.inlay.cli.Run;
import dev.inlay.cli.demo.Scenes;
import dev.inlay.weights.ModelInfo;
import dev.inlay.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code inlay train --loss}: what it learns, says and keeps, and what it refuses. */
final class TrainLossTest {

  private static final String DICE = "0.5*dice(smooth=1) + cross-entropy";

  @TempDir private static Path temp;
  private static DatasetFolder data;

  @BeforeAll
  static void paint() throws IOException {
    data = DatasetFolder.write(temp.resolve("data"), 12, 4);
  }

  private static Run train(Path out, int iterations, String... more) {
    List<String> arguments = new ArrayList<>(List.of("train", "--data", data.path().toString()));
    arguments.addAll(List.of("--network", "resnet18(width=8, stride=16) | auxiliary | fcn"));
    arguments.addAll(List.of("--out", out.toString(), "--batch", "4"));
    arguments.addAll(List.of("--iterations", "" + iterations, "--evaluate-every", "1000"));
    arguments.addAll(List.of(more));
    return Run.inlay(arguments.toArray(String[]::new));
  }

  private static Map<String, String> facts(Path out) {
    try (Safetensors file = Safetensors.open(out.resolve("last.safetensors"))) {
      return ModelInfo.of(file).training();
    }
  }

  @Test
  void aSumOfObjectivesLearnsAndIsToldAndKept() throws IOException {
    Path out = temp.resolve("dice");
    Run run = train(out, 60, "--loss", DICE, "--scale", "1-1", "--rate", "0.1");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains(
            "0.5*dice(smooth=1.0) + cross-entropy\n", " auxiliary: cross-entropy, weight 0.4\n")
        .containsPattern(
            "loss [0-9.]+ \\(decoder: dice [0-9.]+, decoder: cross-entropy [0-9.]+,"
                + " auxiliary [0-9.]+\\)");
    assertThat(facts(out)).containsEntry("objective", "0.5*dice(smooth=1.0) + cross-entropy");
    List<String> history = Files.readAllLines(out.resolve("history.csv"));
    assertThat(history.get(0))
        .startsWith(
            "iteration,loss,loss_decoder: dice,loss_decoder: cross-entropy,loss_auxiliary,");
    for (int column = 1; column <= 4; column++) {
      double first = mean(history.subList(1, 6), column);
      double last = mean(history.subList(56, 61), column);
      assertThat(last).as(history.get(0).split(",", -1)[column]).isLessThan(0.9 * first);
    }
    for (String row : history.subList(1, 61)) {
      double sum = number(row, 2) * 0.5 + number(row, 3) + number(row, 4) * 0.4;
      assertThat(Math.abs(number(row, 1) - sum)).isLessThan(1e-4);
    }
  }

  private static double mean(List<String> rows, int column) {
    return rows.stream().mapToDouble(row -> number(row, column)).average().orElseThrow();
  }

  private static double number(String row, int column) {
    return Double.parseDouble(row.split(",", -1)[column]);
  }

  /** A model that is trained as ever is written as ever, byte for byte. */
  @Test
  void theDefaultIsNotWrittenIntoTheModel() throws IOException {
    Path without = temp.resolve("without");
    Path with = temp.resolve("with");
    train(without, 2);
    Run run = train(with, 2, "--loss", " 1*cross-entropy(alignCorners=false) ");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(facts(without).keySet())
        .containsExactly(
            "iterations", "loss", "miou", "pixelAccuracy", "batch", "crop", "rate", "seed");
    assertThat(with.resolve("last.safetensors"))
        .hasSameBinaryContentAs(without.resolve("last.safetensors"));
  }

  /** The labels are counted before the first step, and the numbers are told and kept. */
  @Test
  void weightsOfClassesAreComputedFromTheLabels() {
    Path out = temp.resolve("weights");
    Run run = train(out, 2, "--loss", "cross-entropy(balance=enet) + ohem(kept=500)");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("loss +cross-entropy\\(weights=\\[[0-9., ]+]\\) \\+ ohem");
    String kept = facts(out).get("objective");
    assertThat(kept).startsWith("cross-entropy(weights=[").doesNotContain("balance");
    assertThat(run.out()).contains(kept);
    List<Double> weights =
        Arrays.stream(kept.replaceAll(".*\\[|].*", "").split(", ", -1))
            .map(Double::parseDouble)
            .toList();
    Scenes scenes = new Scenes(12, DatasetFolder.WIDTH, DatasetFolder.HEIGHT, 1);
    int[] pixels = new int[256];
    for (int i = 0; i < scenes.size(); i++) {
      for (byte id : scenes.read(i).labels().ids()) {
        pixels[id & 255]++;
      }
    }
    double total = Arrays.stream(pixels).limit(weights.size()).sum();
    for (int k = 0; k < weights.size(); k++) {
      double share = pixels[k] / total;
      assertThat(weights.get(k)).isCloseTo(1 / Math.log(1.02 + share), within(1e-4));
    }
  }

  @Test
  void wrongLossesAreRefusedBeforeAnythingIsDone() {
    assertRefused(
        "dize",
        "inlay: No technique is named 'dize'. Did you mean 'dice'? Objectives: boundary,"
            + " cross-entropy, dice, focal, lovasz-softmax, ohem, presence, tversky. ",
        "  dize\n  ^^^^\n");
    assertRefused(
        "cross-entropy + aspp",
        "inlay: 'aspp' is a context module, but a loss is made of objectives. Objectives:"
            + " boundary, cross-entropy, dice, focal, lovasz-softmax, ohem, presence, tversky.\n",
        "  cross-entropy + aspp\n                  ^^^^\n");
    assertRefused(
        "-1*dice",
        "inlay: A factor of the loss is -1; it must be a number above 0, as in 0.5*dice.\n",
        "  -1*dice\n  ^^\n");
    assertRefused(
        "dice(smooth=-1)",
        "inlay: dice.smooth is -1.0; it must be 0 or more.\n",
        "  dice(smooth=-1)\n              ^^\n");
    assertRefused(
        "dice(smoth=1)",
        "inlay: 'dice' has no option 'smoth'. Did you mean 'smooth'? Options: smooth=0.0,"
            + " definition=smp.\n",
        "  dice(smoth=1)\n       ^^^^^\n");
    assertRefused(
        "presence",
        "inlay: decoder Presence.java:",
        "presence needs logits (B,K), one for each class of an image, got");
  }

  private static void assertRefused(String loss, String... parts) {
    Path out = temp.resolve("refused");
    Run run = train(out, 1, "--loss", loss);

    assertThat(run.code()).as(loss).isEqualTo(2);
    assertThat(run.err()).startsWith(parts[0]).contains(parts).doesNotContain("\tat ");
    assertThat(out.resolve("last.safetensors")).doesNotExist();
  }
}
