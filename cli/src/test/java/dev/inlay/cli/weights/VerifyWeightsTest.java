package dev.inlay.cli.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.inlay.cli.Run;
import dev.inlay.pytorch.TensorFiles;
import dev.inlay.weights.SafetensorsWriter;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorType;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints against the logits that their reference computed with them. */
final class VerifyWeightsTest {

  @TempDir private Path temp;
  private Path checkpoints = Path.of("");

  @BeforeEach
  void findCheckpoints() {
    String shared = System.getProperty("inlay.shared", "");
    assumeThat(shared).as("the folder with checkpoints that -Dinlay.shared names").isNotBlank();
    checkpoints = Path.of(shared, "golden", "checkpoints");
  }

  private Path io(String name) {
    return checkpoints.resolve(name + ".io.safetensors");
  }

  private static void isWithin(Path io, Path weights) {
    Run run = Run.inlay("verify", io.toString(), "--weights", weights.toString());
    assertThat(run.code()).as(run.err() + run.out()).isZero();
    assertThat(run.out()).contains("output.0", "output.1", "output.2", "within 1.0E-4");
  }

  private static void succeeds(String... arguments) {
    Run run = Run.inlay(arguments);
    assertThat(run.code()).as(run.err()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pspnet_r18-d8", "deeplabv3plus_r18-d8_training", "ocrnet_hr-small"})
  void aCheckpointItsImportAndItsExportComputeWhatWasRecorded(String name) throws Exception {
    String checkpoint = checkpoints.resolve(name + ".pth").toString();
    Path model = temp.resolve("model.safetensors");
    Path exported = temp.resolve("exported.pth");
    Path again = temp.resolve("again.safetensors");
    succeeds("import", checkpoint, "--out", model.toString());
    succeeds("export", model.toString(), "--format", "pytorch", "--out", exported.toString());
    succeeds("import", exported.toString(), "--out", again.toString());

    isWithin(io(name), Path.of(checkpoint));
    isWithin(io(name), model);
    isWithin(io(name), exported);
    assertThat(Files.mismatch(model, again)).isEqualTo(-1);
  }

  @Test
  void whatNoStageHasIsNamedAndLeftOut() {
    Path more = temp.resolve("more.safetensors");
    try (TensorFile file = TensorFiles.open(checkpoints.resolve("pspnet_r18-d8.pth"))) {
      List<TensorInfo> tensors = new ArrayList<>(file.tensors().values());
      tensors.add(new TensorInfo("fc.bias", TensorType.F32, List.of(10L)));
      SafetensorsWriter.write(
          more,
          Map.of(),
          tensors,
          (tensor, to) -> {
            if (tensor.name().equals("fc.bias")) {
              to.write(ByteBuffer.allocate(40));
            } else {
              file.copy(file.tensor(tensor.name()), to, ByteBuffer.allocate(1 << 16));
            }
          });
    }

    isWithin(io("pspnet_r18-d8"), more);
    String io = io("pspnet_r18-d8").toString();
    assertThat(Run.inlay("verify", io, "--weights", more.toString()).out())
        .contains("left out, in no stage: fc.bias");
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() {
    Run run =
        Run.inlay(
            "verify",
            io("pspnet_r18-d8").toString(),
            "--weights",
            checkpoints.resolve("ocrnet_hr-small.pth").toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("the parameters differ").doesNotContain("\tat ");
  }

  @Test
  void aModelSaysItselfWhatItsStagesAre() {
    Path model = temp.resolve("model.safetensors");
    succeeds(
        "import", checkpoints.resolve("pspnet_r18-d8.pth").toString(), "--out", model.toString());
    Run run =
        Run.inlay(
            "verify",
            io("pspnet_r18-d8").toString(),
            "--weights",
            model.toString(),
            "--stage",
            "resnet18 | fcn");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("leave out --stage");
  }
}
