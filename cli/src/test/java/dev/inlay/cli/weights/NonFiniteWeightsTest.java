package dev.inlay.cli.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.cli.DatasetFolder;
import dev.inlay.cli.Run;
import dev.inlay.cli.StateFile;
import dev.inlay.weights.Safetensors;
import dev.inlay.weights.SafetensorsWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network with NaN or infinite weights predicts, is scored and goes on to nothing unnoticed. */
final class NonFiniteWeightsTest {

  private static final String SPEC = "resnet18(width=4) | fcn";

  @TempDir private Path folder;

  private Path checkpoint(String name, float number) {
    return StateFile.of(SPEC, 6, "mmsegmentation")
        .first(name, number)
        .savePyTorch(folder.resolve("bad.pth"));
  }

  private Path model() {
    return folder.resolve("model.safetensors");
  }

  private Run imported(Path file, String... more) {
    String[] all = {"import", file.toString(), "--network", SPEC, "--out", model().toString()};
    String[] both = Arrays.copyOf(all, all.length + more.length);
    System.arraycopy(more, 0, both, all.length, more.length);
    return Run.inlay(both);
  }

  @ParameterizedTest
  @CsvSource({
    "decode_head.conv_seg.bias, NaN, fcn.conv_seg.bias has 1 NaN",
    "backbone.stem.0.weight, Infinity, resnet.stem.0.weight has 1 infinite",
    "backbone.layer4.1.bn2.running_var, -Infinity, resnet.layer4.1.bn2.running_var has 1 infinite"
  })
  void importRefusesThemUnlessAsked(String name, float number, String message) {
    Path file = checkpoint(name, number);
    Run refused = imported(file);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains(message + ", the first at index 0")
        .contains("--allow-nonfinite");
    assertThat(Files.exists(model())).isFalse();

    Run allowed = imported(file, "--allow-nonfinite");
    assertThat(allowed.code()).as(allowed.err()).isZero();
    assertThat(allowed.out())
        .contains("NaN or infinite, so that results are wrong")
        .contains(message)
        .contains("inlay weights show " + model())
        .doesNotContain("inlay predict");
  }

  @Test
  void aModelWithThemIsOpenedForNothing() throws IOException {
    assertThat(
            imported(
                    checkpoint("decode_head.conv_seg.bias", Float.NaN),
                    "--allow-nonfinite",
                    "--classes",
                    "ground,sky,ball,wall,window,beam")
                .code())
        .isZero();
    Path picture = folder.resolve("picture.png");
    DatasetFolder.picture(picture, 40, 30, BufferedImage.TYPE_INT_RGB);
    Path data = DatasetFolder.write(folder.resolve("data"), 1, 1).path();
    String model = model().toString();
    String out = folder.resolve("out").toString();
    String[][] commands = {
      {"predict", "--model", model, picture.toString(), "--out", out},
      {"evaluate", "--model", model, "--data", data.toString()},
      {"export", model, "--format", "pytorch", "--out", out + ".pth"},
      {"export", model, "--format", "safetensors", "--out", out + ".safetensors"},
      {"import", model, "--out", out + ".safetensors"},
    };
    for (String[] command : commands) {
      Run run = Run.inlay(command);
      assertThat(run.code()).as(command[0]).isEqualTo(2);
      assertThat(run.err())
          .as(command[0])
          .contains(" fcn.conv_seg.bias has 1 NaN, the first at index 0");
    }
    assertThat(folder.resolve("out.pth")).doesNotExist();
    assertThat(folder.resolve("out.safetensors")).doesNotExist();
  }

  /** The model with another spec in its metadata. */
  private Path withSpec(String spec) {
    Path other = folder.resolve("other.safetensors");
    try (Safetensors file = Safetensors.open(model())) {
      Map<String, String> metadata = new LinkedHashMap<>(file.metadata());
      metadata.put("spec", spec);
      SafetensorsWriter.write(
          other,
          metadata,
          List.copyOf(file.tensors().values()),
          (tensor, to) -> file.copy(tensor, to, ByteBuffer.allocate(1 << 12)));
    }
    return other;
  }

  @Test
  void exportChecksThatTensorsFitTheirNetwork() {
    StateFile state = StateFile.of(SPEC, 6, "mmsegmentation");
    assertThat(imported(state.savePyTorch(folder.resolve("good.pth"))).code()).isZero();
    Path other = withSpec("resnet18(width=8) | fcn");
    Path out = folder.resolve("out.pth");
    Run run = Run.inlay("export", other.toString(), "--format", "pytorch", "--out", out.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("does not fit the network").contains("of another shape are");
    assertThat(out).doesNotExist();
  }

  @Test
  void aModelsSpecNamesNoFile() throws IOException {
    assertThat(
            imported(StateFile.of(SPEC, 6, "mmsegmentation").savePyTorch(folder.resolve("a.pth")))
                .code())
        .isZero();
    Path secret = Files.writeString(folder.resolve("secret.yaml"), "secret: words\n");
    Path other = withSpec(secret.toString());
    String model = other.toString();
    String[][] commands = {
      {"predict", "--model", model, secret.toString(), "--out", folder.resolve("o").toString()},
      {"export", model, "--format", "pytorch", "--out", folder.resolve("o.pth").toString()},
      {"import", model, "--out", folder.resolve("o.safetensors").toString()},
    };
    for (String[] command : commands) {
      Run run = Run.inlay(command);
      assertThat(run.code()).as(command[0]).isEqualTo(2);
      assertThat(run.err())
          .as(command[0])
          .contains("which looks like the path of a file")
          .doesNotContain("words");
    }
  }
}
