package dev.inlay.cli.weights;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.inlay.cli.DatasetFolder;
import dev.inlay.cli.Run;
import dev.inlay.cli.StateFile;
import dev.inlay.weights.ModelInfo;
import dev.inlay.weights.Safetensors;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code inlay import} of what is as it should be. */
final class ImportCommandTest {

  private static final String MMSEGMENTATION = "mmsegmentation";
  private static final String SPEC =
      "resnet18(width=4) | auxiliary(channels=4) | ppm(channels=4) | fcn";

  /** What mmsegmentation writes of the same network. */
  private static final String CONFIG =
      """
      norm_cfg = dict(type='SyncBN', requires_grad=True)
      model = dict(
          type='EncoderDecoder',
          data_preprocessor=dict(mean=[127.5, 127.5, 127.5], std=[51, 51, 51], bgr_to_rgb=True),
          backbone=dict(type='ResNetV1c', depth=18, base_channels=4, stem_channels=4,
              strides=(1, 2, 1, 1), dilations=(1, 1, 2, 4), norm_cfg=norm_cfg,
              contract_dilation=True),
          decode_head=dict(type='PSPHead', in_channels=32, in_index=3, channels=4, num_classes=6,
              norm_cfg=norm_cfg),
          auxiliary_head=dict(type='FCNHead', in_channels=16, in_index=2, channels=4, num_convs=1,
              concat_input=False, num_classes=6, norm_cfg=norm_cfg))
      """;

  @TempDir private Path folder;

  private Path out() {
    return folder.resolve("model.safetensors");
  }

  private static StateFile state() {
    return StateFile.of(SPEC, 6, MMSEGMENTATION);
  }

  private Path saved(StateFile file) {
    return file.savePyTorch(folder.resolve("their.pth"));
  }

  private Run run(Path file, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("import", file.toString(), "--out", out().toString()));
    arguments.addAll(List.of(more));
    Run run = Run.inlay(arguments.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    return run;
  }

  private JsonObject json(Path file, String... more) {
    List<String> options = new ArrayList<>(List.of(more));
    options.add("--json");
    return JsonParser.parseString(run(file, options.toArray(String[]::new)).out())
        .getAsJsonObject();
  }

  private static int count(JsonObject report, String list) {
    return report.getAsJsonArray(list).size();
  }

  private void holds(String ours, String theirs) {
    float[] numbers = StateFile.floats(out(), ours);
    assertThat(numbers).as(ours).isEqualTo(StateFile.values(theirs, numbers.length));
  }

  private void holdsAll() {
    holds("resnet.stem.0.weight", "backbone.stem.0.weight");
    holds("resnet.layer4.1.bn2.running_var", "backbone.layer4.1.bn2.running_var");
    holds("auxiliary.convs.0.conv.weight", "auxiliary_head.convs.0.conv.weight");
    holds("ppm.psp_modules.3.1.bn.bias", "decode_head.psp_modules.3.1.bn.bias");
    holds("fcn.conv_seg.weight", "decode_head.conv_seg.weight");
  }

  private ModelInfo info() {
    try (Safetensors file = Safetensors.open(out())) {
      return ModelInfo.of(file);
    }
  }

  @Test
  void aCheckpointWithItsConfigurationNeedsNothingMore() {
    Path file =
        saved(
            state()
                .meta("cfg", CONFIG)
                .meta("CLASSES", List.of("a", "b", "c", "d", "e", "f"))
                .meta(
                    "PALETTE",
                    List.of(
                        List.of(1, 2, 3),
                        List.of(2, 2, 3),
                        List.of(3, 2, 3),
                        List.of(4, 2, 3),
                        List.of(5, 2, 3),
                        List.of(255, 2, 3))));
    Run run = run(file);

    assertThat(run.out().replaceAll(" +", " "))
        .startsWith("network resnet18(width=4) | auxiliary(weight=1.0) | ppm(channels=4) | fcn\n")
        .contains("as the file's own configuration says")
        .contains("classes 6: a, b, c, d, e, f")
        .contains("names mmsegmentation's")
        .contains(
            "ppm.bottleneck.conv.weight (4, 48, 3, 3) from decode_head.bottleneck.conv.weight")
        .contains("172 loaded, 0 left out, 0 missing, 0 reshaped, 0 reset")
        .contains("inlay predict --model " + out());
    holdsAll();
    assertThat(info().palette()).startsWith("#010203").endsWith("#ff0203");
    assertThat(info().mean()).containsExactly(0.5, 0.5, 0.5);
    assertThat(info().std()).containsExactly(0.2, 0.2, 0.2);
    assertThat(info().training()).containsEntry("imported", "their.pth");
  }

  @Test
  void whatTrainsOtherwiseIsSaid() {
    String sampled =
        CONFIG.replace("'FCNHead'", "'FCNHead', sampler=dict(type='OHEMPixelSampler')");
    assertThat(sampled).isNotEqualTo(CONFIG);

    Run run = run(saved(state().meta("cfg", sampled)));

    assertThat(run.out())
        .contains("trained differently in the reference than by inlay train\n")
        .containsPattern("auxiliary_head +on the pixels of a sampler");
  }

  @Test
  void briefCountsByStage() {
    assertThat(run(saved(state()), "--network", SPEC, "--brief").out().replaceAll(" +", " "))
        .contains("\n ppm 30 tensors, ")
        .doesNotContain("ppm.bottleneck");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'model': {'backbone': %s, 'decode_head': %s}, 'train_cfg': null}",
        "{'backbone': %s, 'decode_head': %s}"
      })
  void aConfigurationInAFileOfItsOwnServes(String around) throws IOException {
    String norm = "'norm_cfg': {'type': 'BN'}";
    String backbone =
        "{'type': 'ResNetV1c', 'depth': 18, 'base_channels': 4, 'stem_channels': 64, %s}";
    String head =
        "{'type': 'PSPHead', 'in_index': 3, 'channels': 4, 'num_classes': 3, 'pool_scales': [1, 2],"
            + " %s}";
    String json =
        around.formatted(backbone.formatted(norm), head.formatted(norm)).replace('\'', '"');
    Path config = Files.writeString(folder.resolve("model.json"), json);
    String spec =
        "resnet18(width=4, stemChannels=64, stride=32) | ppm(channels=4, bins=[1, 2]) | fcn";
    JsonObject report =
        json(saved(StateFile.of(spec, 3, MMSEGMENTATION)), "--config", config.toString());

    assertThat(report.get("networkFrom").getAsString()).isEqualTo("the given configuration");
    assertThat(report.get("network").getAsString()).contains("ppm(bins=[1, 2], channels=4) | fcn");
    assertThat(report.get("classes").getAsInt()).isEqualTo(3);
    assertThat(count(report, "leftOut") + count(report, "missing")).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"F16", "BF16", "F64", "F32"})
  void everyTypeBecomesF32(TensorType type) {
    JsonObject report = json(saved(state().as(type)), "--network", SPEC);

    assertThat(report.getAsJsonArray("loaded").get(0).getAsJsonObject().get("dtype").getAsString())
        .isEqualTo(type.name());
    assertThat(StateFile.tensors(out()))
        .allMatch(each -> each.type() == TensorType.F32 || each.type() == TensorType.I64);
    holdsAll();
  }

  @Test
  void safetensorsFromElsewhereServe() {
    Path file = state().saveSafetensors(folder.resolve("their.safetensors"));
    assertThat(json(file, "--network", SPEC).get("names").getAsString()).isEqualTo(MMSEGMENTATION);
    holdsAll();
  }

  @Test
  void countsOfBatchesMayBeMissing() {
    JsonObject report = json(saved(state().without("num_batches_tracked")), "--network", SPEC);
    assertThat(count(report, "missing")).isZero();
    assertThat(count(report, "countedFrom0")).isEqualTo(28);
    assertThat(run(saved(state().without("num_batches_tracked")), "--network", SPEC).out())
        .contains("counted from 0: num_batches_tracked of 28 norms, which the file does not have");
  }

  @Test
  void everyTensorIsToldOf() {
    StateFile file =
        state()
            .put("ema_backbone_stem_0_weight", 4L, 3L)
            .put("decode_head.loss_decode.class_weight", 6L)
            .put("decode_head.conv_seg.weight", 6L, 4L);
    JsonObject report = json(saved(file), "--network", SPEC, "--reset", "auxiliary");

    assertThat(report.getAsJsonArray("leftOut").toString())
        .contains("{\"name\":\"ema_backbone_stem_0_weight\",\"shape\":[4,3]}")
        .contains("decode_head.loss_decode.class_weight")
        .contains("auxiliary_head.conv_seg.bias");
    assertThat(report.getAsJsonArray("reshaped").toString())
        .isEqualTo(
            "[{\"parameter\":\"fcn.conv_seg.weight\",\"from\":\"decode_head.conv_seg.weight\","
                + "\"shapeInFile\":[6,4],\"shape\":[6,4,1,1]}]");
    assertThat(count(report, "reset")).isEqualTo(8);
    assertThat(count(report, "leftOut")).isEqualTo(10);
    assertThat(count(report, "loaded")).isEqualTo(164);
    assertThat(run(saved(file), "--network", SPEC).out().replaceAll(" +", " "))
        .contains("reshaped\n fcn.conv_seg.weight (6, 4) as (6, 4, 1, 1)\n")
        .contains("left out, in the file only\n ema_backbone_stem_0_weight (4, 3)\n")
        .contains("172 loaded, 2 left out, 0 missing, 1 reshaped, 0 reset");
    holdsAll();
  }

  @Test
  void rulesRenameOtherNames() throws IOException {
    Path rules =
        Files.writeString(
            folder.resolve("rules.txt"),
            "encoder.* -> backbone.*  # as theirs\nhead.* -> decode_head.*\nema.* ->\n");
    StateFile file = StateFile.of(SPEC, 6, MMSEGMENTATION).put("ema.x", 1L);
    for (TensorInfo each : StateFile.tensors(state().saveSafetensors(folder.resolve("s")))) {
      String other =
          each.name().replace("backbone.", "encoder.").replaceFirst("^decode_head.", "head.");
      if (!other.equals(each.name())) {
        file.without(each.name()).put(other, each.type(), each.shape());
      }
    }
    JsonObject report = json(saved(file), "--network", SPEC, "--map", rules.toString());

    assertThat(count(report, "loaded")).isEqualTo(172);
    holds("resnet.stem.0.weight", "encoder.stem.0.weight");
    holds("fcn.conv_seg.weight", "head.conv_seg.weight");
  }

  @Test
  void theBackboneAloneIsAPart() {
    Run run = run(saved(state()), "--network", "resnet18(width=4) | fcn", "--backbone-only");

    assertThat(run.out())
        .contains("missing, which begin fresh in training\n  fcn.conv_seg.weight")
        .contains("left out, in the file only\n  auxiliary_head.convs.0.conv.weight")
        .contains("--weights " + out() + " --data DIR --out DIR");
    assertThat(StateFile.tensors(out()))
        .hasSize(132)
        .allMatch(each -> each.name().startsWith("resnet."));
    holds("resnet.layer4.1.bn2.running_var", "backbone.layer4.1.bn2.running_var");
  }

  @Test
  void aPublishedBackboneHasNoPrefix() {
    StateFile file =
        StateFile.of("resnet18(width=4, stem=plain) | fcn", 6, "a backbone alone")
            .without("conv_seg.weight")
            .without("conv_seg.bias")
            .put("fc.weight", 10L, 32L)
            .put("fc.bias", 10L);
    JsonObject report =
        json(saved(file), "--network", "resnet18(width=4, stem=plain) | fcn", "--backbone-only");

    assertThat(report.getAsJsonArray("leftOut").toString()).contains("fc.weight", "fc.bias");
    holds("resnet.conv1.weight", "conv1.weight");
  }

  @Test
  void freshClassifiersAreForAsManyClassesAsAsked() throws IOException {
    Path data = DatasetFolder.write(folder.resolve("data"), 1, 1).path();
    Path file = saved(StateFile.of(SPEC, 19, MMSEGMENTATION));
    run(file, "--network", SPEC, "--reset", "classifier", "--data", data.toString());

    assertThat(info().classes()).containsExactly("ground", "sky", "ball", "wall", "window", "beam");
    assertThat(info().training()).containsEntry("reset", "classifier");
    assertThat(StateFile.floats(out(), "fcn.conv_seg.weight")).hasSize(24).doesNotContain(0f);
    assertThat(StateFile.floats(out(), "fcn.conv_seg.bias")).containsOnly(0f).hasSize(6);
    holds("ppm.bottleneck.conv.weight", "decode_head.bottleneck.conv.weight");

    run(file, "--network", SPEC, "--reset", "classifier", "--classes", "road, car");
    assertThat(info().classes()).containsExactly("road", "car");
    run(file, "--network", SPEC, "--reset", "classifier", "--classes", "3");
    assertThat(info().classes()).containsExactly("class0", "class1", "class2");
    run(file, "--network", SPEC, "--classes", "19");
    assertThat(info().classes()).hasSize(19);
  }

  @Test
  void anImportedModelPredictsAndImportsAgain() throws IOException {
    run(saved(state()), "--network", SPEC, "--classes", "a,b,c,d,e,f");
    Path picture = folder.resolve("picture.png");
    DatasetFolder.picture(picture, 40, 30, BufferedImage.TYPE_INT_RGB);
    Run predicted =
        Run.inlay(
            "predict",
            "--model",
            out().toString(),
            picture.toString(),
            "--out",
            folder.resolve("predicted").toString());
    assertThat(predicted.code()).as(predicted.err()).isZero();
    assertThat(folder.resolve("predicted").resolve("picture_labels.png")).exists();

    Path again = folder.resolve("again.safetensors");
    Run run = Run.inlay("import", out().toString(), "--out", again.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(again).hasSameBinaryContentAs(out());
  }

  @Test
  void presetsNameNetworksToo() {
    // What torchvision has, in the names that it has; the preset is as large as the real one.
    StateFile file = StateFile.of("fcn_resnet50", 21, "torchvision").as(TensorType.BF16);
    JsonObject report = json(saved(file), "--network", "fcn_resnet50");
    assertThat(report.get("names").getAsString()).isEqualTo("torchvision");
    assertThat(report.get("classes").getAsInt()).isEqualTo(21);
    holds("auxiliary.conv_seg.bias", "aux_classifier.4.bias");
    holds("fcn.convs.0.bn.running_mean", "classifier.1.running_mean");
  }
}
