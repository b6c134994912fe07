package dev.inlay.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.cli.DatasetFolder;
import dev.inlay.cli.Run;
import dev.inlay.cli.StateFile;
import dev.inlay.pytorch.TensorFiles;
import dev.inlay.weights.ModelInfo;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One step of training at a rate of next to nothing, after which weights are what they began as.
 */
final class WeightsOptionsTest {

  private static final String NETWORK =
      "resnet18(width=4, stride=8) | auxiliary(channels=4) | ppm(channels=4) | fcn";
  private static final String STEM = "resnet.stem.0.weight";
  private static final String JOIN = "ppm.bottleneck.conv.weight";
  private static final String CLASSIFIER = "fcn.conv_seg.weight";

  @TempDir private static Path temp;
  private static DatasetFolder data;

  @BeforeAll
  static void writeScenes() throws IOException {
    data = DatasetFolder.write(temp.resolve("data"), 4, 2);
  }

  private static Path checkpoint(int classes) {
    return StateFile.of(NETWORK, classes, "mmsegmentation")
        .savePyTorch(temp.resolve("their" + classes + ".pth"));
  }

  private static Run train(String name, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("train", "--network", NETWORK, "--data", data.path().toString(), "--out"));
    arguments.addAll(List.of(temp.resolve(name).toString(), "--iterations", "1", "--batch", "2"));
    arguments.addAll(List.of("--crop", "32x32", "--rate", "1e-9", "--weight-decay", "0"));
    arguments.addAll(Arrays.asList(more));
    return Run.inlay(arguments.toArray(String[]::new));
  }

  private static float[] trained(String name, String parameter) {
    return StateFile.floats(temp.resolve(name).resolve("last.safetensors"), parameter);
  }

  private static boolean began(String name, String parameter, String theirs) {
    float[] found = trained(name, parameter);
    float[] wanted = StateFile.values(theirs, found.length);
    for (int i = 0; i < found.length; i++) {
      if (Math.abs(found[i] - wanted[i]) > 1e-5) {
        return false;
      }
    }
    return true;
  }

  private static void isRefused(Run run, String... words) {
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("inlay: ").contains(words).doesNotContain("\tat ");
  }

  @Test
  void aCheckpointGivesAllItHas() {
    Run run = train("checkpoint", "--weights", checkpoint(6).toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("loaded by mmsegmentation's names, 0 left out, 0 begin fresh");
    assertThat(began("checkpoint", STEM, "backbone.stem.0.weight")).isTrue();
    assertThat(began("checkpoint", JOIN, "decode_head.bottleneck.conv.weight")).isTrue();
    assertThat(began("checkpoint", CLASSIFIER, "decode_head.conv_seg.weight")).isTrue();
  }

  @Test
  void soDoesAModelThatWasImported() {
    Path model = temp.resolve("model.safetensors");
    Run imported =
        Run.inlay(
            "import", checkpoint(6).toString(), "--network", NETWORK, "--out", model.toString());
    assertThat(imported.code()).as(imported.err()).isZero();

    Run run = train("imported", "--weights", model.toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(began("imported", JOIN, "decode_head.bottleneck.conv.weight")).isTrue();
  }

  @Test
  void imagesAreNormalisedAsForTheWeights() {
    String statistics =
        "data_preprocessor = dict(mean=[51, 51, 51], std=[102, 102, 102]," + " bgr_to_rgb=True)";
    Path file =
        StateFile.of(NETWORK, 6, "mmsegmentation")
            .meta("cfg", statistics + "\nmodel = dict(type='EncoderDecoder')")
            .savePyTorch(temp.resolve("normalised.pth"));

    Run run = train("normalised", "--weights", file.toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("normalised by mean [0.2, 0.2, 0.2] and std [0.4, 0.4, 0.4]");
    try (TensorFile model =
        TensorFiles.open(temp.resolve("normalised").resolve("last.safetensors"))) {
      assertThat(ModelInfo.of(model).mean()).containsExactly(0.2, 0.2, 0.2);
    }
  }

  @Test
  void onlyTheBackboneIsTakenWhereThatIsAskedFor() {
    Path part = temp.resolve("backbone.safetensors");
    Run imported =
        Run.inlay(
            "import",
            checkpoint(4).toString(),
            "--network",
            NETWORK,
            "--backbone-only",
            "--out",
            part.toString());
    assertThat(imported.code()).as(imported.err()).isZero();
    assertThat(StateFile.tensors(part))
        .extracting(TensorInfo::name)
        .allMatch(name -> name.startsWith("resnet."));

    Run fromPart = train("part", "--weights", part.toString());
    Run fromWhole = train("whole", "--weights", checkpoint(4).toString(), "--backbone-only");

    assertThat(fromPart.code()).as(fromPart.err()).isZero();
    assertThat(fromWhole.code()).as(fromWhole.err()).isZero();
    assertThat(fromWhole.out()).contains("left out decode_head.conv_seg.weight");
    for (String name : List.of("part", "whole")) {
      assertThat(began(name, STEM, "backbone.stem.0.weight")).isTrue();
      assertThat(began(name, JOIN, "decode_head.bottleneck.conv.weight")).isFalse();
    }
  }

  @Test
  void classifiersForOtherClassesBeginFreshOnlyWhereThatIsAskedFor() {
    String file = checkpoint(4).toString();
    isRefused(
        train("refused", "--weights", file),
        "has 4 classes, but 6 were requested",
        "--reset classifier");

    Run run = train("reset", "--weights", file, "--reset", "classifier");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("left out decode_head.conv_seg.weight");
    assertThat(began("reset", JOIN, "decode_head.bottleneck.conv.weight")).isTrue();
    assertThat(began("reset", CLASSIFIER, "decode_head.conv_seg.weight")).isFalse();
  }

  @Test
  void whatHasNothingToWorkOnIsRefused() {
    isRefused(train("idle", "--reset", "classifier"), "--weights");
    isRefused(train("idle", "--backbone-only"), "--weights");
    isRefused(train("idle", "--weights", temp.resolve("none.pth").toString()), "none.pth");
  }
}
