package dev.inlay.cli.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.cli.Run;
import dev.inlay.cli.StateFile;
import dev.inlay.weights.ModelInfo;
import dev.inlay.weights.Safetensors;
import dev.inlay.weights.TensorInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code inlay import} of networks that take other images than red, green, blue from 0 to 1. */
final class ImportedImagesTest {

  private static final String SPEC = "resnet18(width=4) | fcn";
  private static final String BGR =
      "img_norm_cfg = dict(mean=[103.53, 116.28, 123.675], std=[57.375, 57.12, 58.395],"
          + " to_rgb=False)\nmodel = dict(type='EncoderDecoder')";

  @TempDir private Path folder;

  private String imported(StateFile state, String name, String spec, String... more) {
    Path file = state.savePyTorch(folder.resolve(name + ".pth"));
    List<String> arguments =
        new ArrayList<>(
            List.of("import", file.toString(), "--network", spec, "--out", out(name).toString()));
    arguments.addAll(List.of(more));
    Run run = Run.inlay(arguments.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return run.out().replaceAll(" +", " ");
  }

  private Path out(String name) {
    return folder.resolve(name + ".safetensors");
  }

  private ModelInfo info(String name) {
    try (Safetensors file = Safetensors.open(out(name))) {
      return ModelInfo.of(file);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "resnet18(width=4) | fcn; backbone.stem.0.weight",
        "resnet18(width=4, stem=plain) | ppm(channels=4) | fcn; backbone.conv1.weight",
        "hrnet(width=4) | fcn; backbone.conv1.weight"
      })
  void aNetworkOnBlueGreenRedBecomesTheSameOnRedGreenBlue(String spec, String first) {
    String mm = "mmsegmentation";
    imported(StateFile.of(spec, 3, mm), "rgb", spec);
    String report = imported(StateFile.of(spec, 3, mm).turned(first).meta("cfg", BGR), "bgr", spec);
    String given =
        imported(StateFile.of(spec, 3, mm).turned(first), "given", spec, "--channels", "bgr");

    for (TensorInfo each : StateFile.tensors(out("rgb"))) {
      if (each.type().floating()) {
        float[] numbers = StateFile.floats(out("rgb"), each.name());
        assertThat(StateFile.floats(out("bgr"), each.name())).isEqualTo(numbers);
        assertThat(StateFile.floats(out("given"), each.name())).isEqualTo(numbers);
      }
    }
    assertThat(info("bgr").normalization()).isEqualTo(info("rgb").normalization());
    assertThat(report)
        .contains("images mean [0.485, 0.456, 0.406] and std [0.229, 0.224, 0.225] of red, green")
        .contains("as the file's own configuration says")
        .contains("trained on blue, green, red: the input channels of ");
    assertThat(given).contains("as given by --channels, instead of mean [0.485");
  }

  @Test
  void theReportSaysWhatIsAssumedAndWhatIsNotDone() {
    String cfg =
        "model = dict(type='EncoderDecoder', test_cfg=dict(mode='slide', crop_size=(512, 512),"
            + " stride=(341, 341)))\ntest_pipeline = [dict(type='Resize', scale=(2048, 512))]";
    assertThat(imported(StateFile.of(SPEC, 3, "mmsegmentation").meta("cfg", cfg), "a", SPEC))
        .contains("assumed, as for ImageNet: nothing says it; --mean, --std and --channels do")
        .contains("said by the configuration and not done by inlay predict and evaluate\n")
        .contains("test_cfg.mode slide, windows of [512,512] at steps of [341,341]")
        .contains("pipeline.Resize scale=[2048,512]");
  }

  @Test
  void givenStatisticsAreOfEitherScale() {
    StateFile state = StateFile.of(SPEC, 3, "mmsegmentation");
    imported(state, "bytes", SPEC, "--mean", "127.5,51,0", "--std", "51,51,127.5");
    imported(state, "units", SPEC, "--mean", "0.5, 0.2, 0", "--std", "0.2,0.2,0.5");

    assertThat(info("bytes").normalization()).isEqualTo(info("units").normalization());
    assertThat(info("units").mean()).containsExactly(0.5, 0.2, 0.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--channels; gbr; --channels is 'gbr'",
        "--mean; 1,2; --mean is [1.0, 2.0]",
        "--std; much; --std is 'much'"
      })
  void mistakesAreNamed(String option, String value, String message) {
    Path file = StateFile.of(SPEC, 3, "mmsegmentation").savePyTorch(folder.resolve("a.pth"));
    Run run = Run.inlay("import", file.toString(), "--out", out("a").toString(), option, value);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }

  @Test
  void oneLogitIsImportedAsTwo() {
    String report = imported(StateFile.of(SPEC, 1, "mmsegmentation"), "one", SPEC);

    assertThat(report)
        .contains("classes 2: class0, class1")
        .contains(
            "logits one in the file, imported as two: class 1 is where its probability is above"
                + " 0.5");
    float[] one = StateFile.values("decode_head.conv_seg.weight", 32);
    assertThat(StateFile.floats(out("one"), "fcn.conv_seg.weight"))
        .hasSize(64)
        .startsWith(new float[32])
        .endsWith(one);
  }
}
