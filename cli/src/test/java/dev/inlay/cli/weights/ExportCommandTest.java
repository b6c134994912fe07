package dev.inlay.cli.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.cli.Run;
import dev.inlay.cli.StateFile;
import dev.inlay.pytorch.TensorFiles;
import dev.inlay.weights.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code inlay export}, and back. */
final class ExportCommandTest {

  private static final String SPEC =
      "resnet18(stem=plain, width=4) | auxiliary(channels=4) | ppm(channels=4) | fcn";

  @TempDir private Path folder;

  private static Run inlay(Object... arguments) {
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = String.valueOf(arguments[i]);
    }
    Run run = Run.inlay(texts);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  /** A model of a network's parameters. */
  private Path model(String spec) {
    Path theirs = StateFile.of(spec, 3, "mmsegmentation").savePyTorch(folder.resolve("their.pth"));
    Path model = folder.resolve("model.safetensors");
    inlay("import", theirs, "--network", spec, "--classes", "road,car,sky", "--out", model);
    return model;
  }

  private void roundTrips(Path model, Path exported) {
    Path back = folder.resolve("back.safetensors");
    inlay("import", exported, "--out", back);
    assertThat(back).hasSameBinaryContentAs(model);
  }

  @ParameterizedTest
  @CsvSource({
    "pytorch,     mmsegmentation, decode_head.psp_modules.0.1.conv.weight",
    "safetensors, mmsegmentation, auxiliary_head.conv_seg.bias",
    "pytorch,     torchvision,    aux_classifier.4.bias",
    "safetensors, torchvision,    backbone.layer1.0.conv1.weight"
  })
  void whatIsExportedImportsToTheSameBytes(String format, String names, String expected) {
    Path model = model(SPEC);
    Path exported = folder.resolve("exported");
    Run run = inlay("export", model, "--format", format, "--names", names, "--out", exported);

    assertThat(run.out()).startsWith(exported + ": 160 tensors, ").contains("backbone.*");
    try (TensorFile file = TensorFiles.open(exported)) {
      assertThat(file.tensors()).containsKey(expected).hasSize(160);
    }
    roundTrips(model, exported);
  }

  @Test
  void aStageThatTheProjectHasNotKeepsItsNamesAndIsNamed() {
    Path model = model("resnet18(width=4) | strip-pooling | fcn");
    Path exported = folder.resolve("exported.pth");
    Run run = inlay("export", model, "--format", "pytorch", "--out", exported);

    assertThat(run.err())
        .contains(
            "mmsegmentation has no counterpart of strip-pooling; their parameters keep Inlay's"
                + " names.");
    assertThat(run.out()).contains("backbone.*", "decode_head.*", "strip-pooling.*");
    roundTrips(model, exported);
  }

  @Test
  void aCheckpointSaysItsClasses() {
    Path exported = folder.resolve("exported.pth");
    inlay("export", model(SPEC), "--format", "pytorch", "--out", exported);
    try (TensorFile file = TensorFiles.open(exported)) {
      assertThat(file.metadata())
          .containsEntry("meta.CLASSES", "[\"road\",\"car\",\"sky\"]")
          .containsEntry("meta.inlay.spec", SPEC);
    }
  }

  private void refused(String message, Object... arguments) {
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = String.valueOf(arguments[i]);
    }
    Run run = Run.inlay(texts);
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).isEqualToNormalizingNewlines("inlay: " + message + "\n");
  }

  @Test
  void mistakesAreOneMessage() throws IOException {
    Path model = model(SPEC);
    Path out = folder.resolve("out");
    refused(
        "--format is onnx; it must be one of [pytorch, safetensors].",
        "export",
        model,
        "--format",
        "onnx",
        "--out",
        out);
    refused(
        "--names is keras; it must be one of [mmsegmentation, torchvision].",
        "export",
        model,
        "--format",
        "pytorch",
        "--names",
        "keras",
        "--out",
        out);
    refused(
        model + " is the file that is read; give --out another name.",
        "export",
        model,
        "--format",
        "pytorch",
        "--out",
        model);
    refused(
        folder.resolve("no") + " does not exist. Give the path of a safetensors file.",
        "export",
        folder.resolve("no"),
        "--format",
        "pytorch",
        "--out",
        out);
    Path plain = StateFile.of(SPEC, 3, "torchvision").saveSafetensors(folder.resolve("plain"));
    refused(
        plain
            + " is no Inlay model: its metadata has no 'format'. It may be plain weights, which need"
            + " the spec of their network beside them.",
        "export",
        plain,
        "--format",
        "pytorch",
        "--out",
        out);
    assertThat(out).doesNotExist();
    assertThat(Files.size(model)).isPositive();
  }
}
