package dev.inlay.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.inlay.cli.DatasetFolder;
import dev.inlay.cli.Run;
import dev.inlay.cli.demo.Scenes;
import dev.inlay.image.LabelMap;
import dev.inlay.weights.Safetensors;
import dev.inlay.weights.TensorInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** W of dupsampling from labels, and its way into a network. */
final class PrepareCommandTest {

  private static final int CLASSES = 6;

  @TempDir private static Path temp;
  private static DatasetFolder data;

  @BeforeAll
  static void drawScenes() throws IOException {
    data = DatasetFolder.write(temp.resolve("data"), 6, 2);
  }

  private static Run fit(Path out, int ratio, int code, String... more) {
    return prepare(network(ratio, code), out, more);
  }

  private static String network(int ratio, int code) {
    return "resnet18(width=4, stride=8) | dupsampling(ratio=%d, code=%d, channels=8)"
        .formatted(ratio, code);
  }

  private static Run prepare(String network, Path out, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("prepare", network, "--data", data.path().toString()));
    arguments.addAll(List.of("--out", out.toString()));
    arguments.addAll(List.of(more));
    return Run.inlay(arguments.toArray(String[]::new));
  }

  private static float[] weights(Path file, long... shape) {
    try (Safetensors opened = Safetensors.open(file)) {
      TensorInfo entry = opened.tensor("dupsampling.dupsample.conv_w.weight");
      assertThat(entry.shape().stream().mapToLong(Long::longValue)).containsExactly(box(shape));
      return opened.floats(entry);
    }
  }

  private static Long[] box(long[] shape) {
    return Arrays.stream(shape).boxed().toArray(Long[]::new);
  }

  /** Against |v - W P v|^2 worked out block by block from the label files. */
  @Test
  void theErrorIsThatOfTheWeightsInTheFile() {
    Path file = temp.resolve("deep/w.safetensors");
    Run run = fit(file, 4, 10, "--json");
    assertThat(run.code()).as(run.err()).isZero();
    JsonObject found = JsonParser.parseString(run.out()).getAsJsonObject();
    int size = 4 * 4 * CLASSES;
    float[] weights = weights(file, size, 10, 1, 1);

    double sum = 0;
    int blocks = 0;
    for (int i = 0; i < 6; i++) {
      LabelMap labels = LabelMap.read(data.label("train", i));
      for (int y = 0; y < labels.height(); y += 4) {
        for (int x = 0; x < labels.width(); x += 4, blocks++) {
          sum += error(block(labels, x, y), weights, size);
        }
      }
    }
    JsonObject figures = found.getAsJsonObject("figures");
    assertThat(figures.get("blocks").getAsString()).isEqualTo(String.valueOf(blocks));
    assertThat(figures.get("meanSquaredError").getAsDouble())
        .isCloseTo(sum / blocks / size, within(1e-6));
    JsonObject miou = found.getAsJsonObject("miou");
    assertThat(miou.get("dupsampling").getAsDouble())
        .isGreaterThan(miou.get("bilinearMiddle").getAsDouble())
        .isLessThan(1);
    assertThat(miou.get("bilinearShares").getAsDouble()).isBetween(0.3, 1.0);
  }

  /** Channel (row * 4 + column) * classes + class, as the decoder lays it out. */
  private static double[] block(LabelMap labels, int left, int top) {
    double[] block = new double[4 * 4 * CLASSES];
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 4; column++) {
        int id = labels.id(left + column, top + row);
        if (id != Scenes.classes().ignore()) {
          block[(row * 4 + column) * CLASSES + id] = 1;
        }
      }
    }
    return block;
  }

  private static double error(double[] block, float[] weights, int size) {
    double[] made = new double[size];
    for (int channel = 0; channel < 10; channel++) {
      double code = 0;
      for (int i = 0; i < size; i++) {
        code += weights[i * 10 + channel] * block[i];
      }
      for (int i = 0; i < size; i++) {
        made[i] += weights[i * 10 + channel] * code;
      }
    }
    double error = 0;
    for (int i = 0; i < size; i++) {
      error += (made[i] - block[i]) * (made[i] - block[i]);
    }
    return error;
  }

  @Test
  void asManyChannelsAsValuesLoseNothing() {
    Run run = fit(temp.resolve("whole.safetensors"), 2, 24);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("W from blocks of 2x2 labels: 24 directions of 24 values")
        .containsPattern("6 label maps \\(train\\)")
        .containsPattern("kept +1\\.000")
        .contains("Labels at 1/2 and back, on 2 label maps (val):")
        .containsPattern("dupsampling +100\\.00 % +100\\.00 %")
        .contains("inlay train --network \"resnet18(width=4) | dupsampling(")
        .contains("--weights " + temp.resolve("whole.safetensors"));
  }

  @Test
  void trainingBeginsWithTheWeights() {
    Path file = temp.resolve("w8.safetensors");
    fit(file, 8, 12);
    Path out = temp.resolve("run");
    Run run = train(12, file, out, "32x32", "--rate", "1e-9", "--weight-decay", "0");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(weights(out.resolve("last.safetensors"), 384, 12, 1, 1))
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(weights(file, 384, 12, 1, 1));
  }

  /** The blocks of a label map that is smaller than any block are none. */
  @Test
  void labelsWithoutAWholeBlockAreRefused() throws IOException {
    DatasetFolder small = DatasetFolder.write(temp.resolve("small"), 1, 1);
    for (String split : List.of("train", "val")) {
      byte[] ids = new byte[7 * 7];
      new LabelMap(7, 7, ids).write(small.label(split, 0), Scenes.classes());
    }
    Path file = temp.resolve("none.safetensors");
    isRefused(
        Run.inlay(
            "prepare", network(8, 4), "--data", small.path().toString(), "--out", file.toString()),
        "No whole block of 8x8 pixels has a label. Take a smaller ratio, or other labels.");
    assertThat(file).doesNotExist();
  }

  @Test
  void trainingCanPrepareByItself() {
    Path file = temp.resolve("w8b.safetensors");
    fit(file, 8, 12);
    Path out = temp.resolve("prepared-run");
    List<String> arguments = new ArrayList<>(List.of("train", "--prepare", "--network"));
    arguments.add("resnet18(width=4, stride=8) | dupsampling(code=12, channels=8)");
    arguments.addAll(List.of("--data", data.path().toString(), "--out", out.toString()));
    arguments.addAll(List.of("--crop", "32x32", "--iterations", "1", "--batch", "2"));
    arguments.addAll(List.of("--rate", "1e-9", "--weight-decay", "0"));
    Run run = Run.inlay(arguments.toArray(String[]::new));

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(weights(out.resolve("prepared.safetensors"), 384, 12, 1, 1))
        .containsExactly(weights(file, 384, 12, 1, 1));
    assertThat(weights(out.resolve("last.safetensors"), 384, 12, 1, 1))
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(weights(file, 384, 12, 1, 1));
  }

  private static Run train(int code, Path init, Path out, String crop, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--network",
                "resnet18(width=4, stride=8) | dupsampling(code=" + code + ", channels=8)"));
    arguments.addAll(List.of("--weights", init.toString(), "--data", data.path().toString()));
    arguments.addAll(List.of("--out", out.toString(), "--crop", crop));
    arguments.addAll(List.of("--iterations", "1", "--batch", "2"));
    arguments.addAll(List.of(more));
    return Run.inlay(arguments.toArray(String[]::new));
  }

  @Test
  void whatCannotBeIsRefused() {
    Path file = temp.resolve("w2.safetensors");
    isRefused(fit(file, 2, 0), "code is 0; it must be 1 or more.");
    isRefused(
        fit(file, 2, 25),
        "The code is 25, but a block has only 24 values (ratio 2, 6 classes). Take a smaller"
            + " code.");
    isRefused(
        fit(file, 32, 8),
        "A ratio of 32 with 6 classes makes blocks of 6144 values, but at most 4096 can be"
            + " prepared. Take a smaller ratio.");
    isRefused(
        prepare("resnet18(width=4) | fcn", file),
        "No stage of \"resnet18(width=4) | fcn\" computes parameters from labels. Train the"
            + " network without a preparation.");
    isRefused(
        Run.inlay("dupsampling", "fit", "--ratio", "8"),
        "There is no command 'dupsampling' any more: inlay prepare does what it did.");
    isRefused(fit(file, 2, 4, "--split", "tain"), "has no split 'tain'. Did you mean 'train'?");
    isRefused(
        fit(data.path().resolve("dataset.yaml").resolve("w"), 2, 4),
        "dataset.yaml is a file, but a folder is needed there. Name another place.");
    assertThat(file).doesNotExist();
  }

  @Test
  void weightsOfAnotherShapeAndNameAreRefused() {
    Path file = temp.resolve("w3.safetensors");
    fit(file, 8, 3);
    isRefused(
        train(4, file, temp.resolve("none"), "32x32"),
        file
            + " has dupsampling.dupsample.conv_w.weight with the shape [384, 3, 1, 1], but in"
            + " \"resnet18(width=4) | dupsampling(code=4, channels=8)\" it is [384, 4,"
            + " 1, 1]. Set the stage's options as the file has them, or use another file.");
    Run fcn =
        Run.inlay(
            "train",
            "--network",
            "resnet18(width=4) | fcn",
            "--weights",
            file.toString(),
            "--data",
            data.path().toString(),
            "--out",
            temp.resolve("none").toString());
    isRefused(
        fcn,
        file
            + " has dupsampling.dupsample.conv_w.weight, which is not a parameter of"
            + " \"resnet18(width=4) | fcn\". Use a file that was made for that network.");
    assertThat(temp.resolve("none")).doesNotExist();
  }

  @Test
  void aCropThatTheRatioDoesNotDivideIsRefused() {
    isRefused(
        train(4, temp.resolve("unread"), temp.resolve("none"), "40x36"),
        "'dupsampling' learns blocks of 8x8 pixels, but its ratio 8 does not divide the crop 40x36."
            + " Take a crop like 40x32, or another ratio.");
  }

  private static void isRefused(Run run, String message) {
    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }
}
