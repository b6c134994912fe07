package dev.inlay.cli.weights;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.inlay.cli.Run;
import dev.inlay.weights.Safetensors;
import dev.inlay.weights.SafetensorsWriter;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code inlay verify}. */
final class VerifyCommandTest {

  private static final Path PSP = Golden.of("ppm", "psphead");

  /** Its image gradient, rounded in every layer, is 1.05e-4 away on some processors. */
  private static final String DEEPEST = "net_ocrnet_hr_small.safetensors";

  @TempDir private Path folder;

  /** A copy of a golden file with other entries and metadata. */
  private Path copy(Path golden, BiConsumer<Map<String, TensorInfo>, Map<String, String>> change) {
    Path file = folder.resolve("changed.safetensors");
    try (Safetensors read = Safetensors.open(golden)) {
      Map<String, TensorInfo> tensors = new LinkedHashMap<>();
      Map<String, TensorInfo> entries = new LinkedHashMap<>(read.tensors());
      entries.forEach(tensors::put);
      Map<String, String> metadata = new LinkedHashMap<>(read.metadata());
      change.accept(tensors, metadata);
      SafetensorsWriter.write(
          file,
          metadata,
          List.copyOf(tensors.values()),
          (tensor, channel) -> {
            ByteBuffer bytes =
                ByteBuffer.allocate(Math.toIntExact(tensor.bytes())).order(ByteOrder.LITTLE_ENDIAN);
            TensorInfo entry = entries.get(tensor.name());
            if (entry != null && entry.shape().equals(tensor.shape())) {
              read.read(entry, bytes);
              bytes.rewind();
            }
            channel.write(bytes);
          });
    }
    return file;
  }

  private Path configured(Path golden, String option, String value) {
    return copy(
        golden,
        (tensors, metadata) ->
            metadata.computeIfPresent("config", (k, text) -> text.replace(option, value)));
  }

  /** Cross-entropy of three classes without a preference at four pixels, one of them ignored. */
  private Path loss(float expected) {
    float[] gradient = new float[12];
    long[] labels = {0, 1, 255, 2};
    for (int pixel = 0; pixel < 4; pixel++) {
      for (int k = 0; k < 3 && labels[pixel] != 255; k++) {
        gradient[4 * k + pixel] = (1 / 3f - (labels[pixel] == k ? 1 : 0)) / 3;
      }
    }
    Map<String, float[]> floats = new LinkedHashMap<>();
    floats.put("input.0", new float[12]);
    floats.put("output.0", new float[] {expected});
    floats.put("cotangent.0", new float[] {1});
    floats.put("grad.input.0", gradient);
    List<TensorInfo> tensors = new ArrayList<>();
    floats.forEach(
        (name, values) ->
            tensors.add(
                new TensorInfo(
                    name,
                    TensorType.F32,
                    values.length == 1 ? List.of() : List.of(1L, 3L, 2L, 2L))));
    tensors.add(new TensorInfo("input.1", TensorType.I64, List.of(1L, 2L, 2L)));
    Path file = folder.resolve("loss.safetensors");
    SafetensorsWriter.write(
        file,
        Map.of(),
        tensors,
        (tensor, channel) -> {
          ByteBuffer bytes =
              ByteBuffer.allocate((int) tensor.bytes()).order(ByteOrder.LITTLE_ENDIAN);
          if (tensor.name().equals("input.1")) {
            bytes.asLongBuffer().put(labels);
          } else {
            bytes.asFloatBuffer().put(floats.get(tensor.name()));
          }
          channel.write(bytes);
        });
    return file;
  }

  @Test
  void objectivesAreComparedWithTheirGradients() {
    String file = loss((float) Math.log(3)).toString();

    Run single = Run.inlay("verify", file, "--stage", "cross-entropy", "--tolerance", "1e-6");
    Run half = Run.inlay("verify", file, "--stage", "0.5*cross-entropy + 0.5 * cross-entropy");
    Run wrong = Run.inlay("verify", file, "--stage", "2*cross-entropy");

    assertThat(single.err()).isEmpty();
    assertThat(single.code()).isZero();
    assertThat(single.out()).contains("output.0", "grad.input.0");
    assertThat(half.code()).isZero();
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(Run.inlay("verify", PSP.toString(), "--stage", "dice").err())
        .contains("psphead has 1 inputs; an objective needs the output as input.0 and the labels");
  }

  @Test
  void tableNamesEveryComparedTensor() {
    Run run = Run.inlay("verify", PSP.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("psphead: ppm(channels=16) | fcn\n  compared ");
    assertThat(
            run.out().lines().map(line -> line.strip().replaceAll(" +\\d\\.\\de[+-]\\d\\d$", "")))
        .map(line -> line.replaceAll(" +", " "))
        .contains("output.0 1x5x12x14", "grad.input.0 1x32x12x14")
        .contains("grad.state.psp_modules.1.1.conv.weight 16x32x1x1")
        .contains("within 1.0E-4, the largest deviation is");
  }

  @Test
  void jsonHoldsDeviations() {
    Run run = Run.inlay("verify", PSP.toString(), "--json");

    JsonObject all = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(all.get("within").getAsBoolean()).isTrue();
    JsonObject file = all.getAsJsonArray("files").get(0).getAsJsonObject();
    assertThat(file.get("stages").getAsString()).isEqualTo("ppm(channels=16) | fcn");
    assertThat(file.getAsJsonArray("deviations")).hasSize(5);
    assertThat(file.get("largest").getAsDouble()).isBetween(0.0, 1e-4);
  }

  @Test
  void tooLargeADeviationIsNamedAndEndsWithOne() {
    Run run = Run.inlay("verify", PSP.toString(), "--tolerance", "1e-12");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("too large", "NOT within 1.0E-12");
  }

  @Test
  void aligningCornersIsReadFromTheConfiguration() {
    Path changed = configured(PSP, "\"align_corners\": false", "\"align_corners\": true");
    Run run = Run.inlay("verify", changed.toString());

    assertThat(run.out()).contains("ppm(channels=16, alignCorners=true) | fcn(alignCorners=true)");
    assertThat(run.code()).isEqualTo(1);
  }

  @Test
  void stagesByHandReplaceTheConfiguration() {
    Path changed = copy(PSP, (tensors, metadata) -> metadata.clear());
    String stage = "ppm(bins=[1, 2, 3, 6], channels=16) | fcn";

    assertThat(Run.inlay("verify", changed.toString(), "--stage", stage).code()).isZero();
    assertThat(Run.inlay("verify", changed.toString()).err())
        .startsWith("inlay: changed: The metadata has no 'config'. Give the stages with --stage");
  }

  private static void refused(Path file, String... parts) {
    Run run = Run.inlay("verify", file.toString());
    assertThat(run.err()).contains(parts).containsOnlyOnce("inlay: ");
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void keysThatDifferAreNamed() {
    refused(
        copy(PSP, (tensors, metadata) -> tensors.remove("state.conv_seg.bias")),
        "the file lacks [conv_seg.bias], only the file has []");
    refused(
        copy(
            PSP,
            (tensors, metadata) -> {
              TensorInfo bias = Objects.requireNonNull(tensors.get("state.conv_seg.bias"));
              tensors.put("state.more", new TensorInfo("state.more", bias.type(), bias.shape()));
            }),
        "the file lacks [], only the file has [more]");
    refused(
        copy(
            PSP,
            (tensors, metadata) ->
                tensors.computeIfPresent(
                    "state.conv_seg.bias",
                    (name, bias) -> new TensorInfo(name, bias.type(), List.of(7L)))),
        "other shapes: [conv_seg.bias [5] for [7]]");
  }

  /** By the file's own names, not by what they are here. */
  @Test
  void keysOfAuthorsAreNamedAsTheirs() {
    refused(
        copy(
            Golden.of("encoding", "encnet_head"),
            (tensors, metadata) -> {
              tensors.remove("state.conv6.1.bias");
              TensorInfo norm = Objects.requireNonNull(tensors.get("state.conv5.1.bias"));
              String more = "state.conv5.1.more";
              tensors.put(more, new TensorInfo(more, norm.type(), norm.shape()));
              String fused = "state.fusion.1.bias";
              tensors.put(fused, new TensorInfo(fused, norm.type(), List.of(3L)));
            }),
        "changed: the parameters differ from the reference's: the file lacks [conv6.1.bias], only"
            + " the file has [conv5.1.more], other shapes: [fusion.1.bias [16] for [3]]");
  }

  @Test
  void gradientsThatBelongToNothingAreRefused() {
    refused(
        copy(
            PSP,
            (tensors, metadata) -> {
              TensorInfo input = Objects.requireNonNull(tensors.get("input.0"));
              String name = "grad.state.none";
              tensors.put(name, new TensorInfo(name, input.type(), input.shape()));
            }),
        "changed has an entry grad.state.none, but no entry state.none.");
    refused(
        copy(
            PSP,
            (tensors, metadata) ->
                tensors.computeIfPresent(
                    "cotangent.0",
                    (name, info) -> new TensorInfo(name, info.type(), List.of(1L, 5L)))),
        "changed: cotangent.0 has the shape [1, 5]; it must be that of output.0");
  }

  /** Of five rows a strided convolution leaves two, and the next needs three. */
  @Test
  void whatTheEngineCannotRunDoesNotEndTheComparison() {
    Path changed =
        copy(
            Golden.of("gald", "gald_local_odd"),
            (tensors, metadata) ->
                tensors.computeIfPresent(
                    "input.0",
                    (name, input) -> new TensorInfo(name, input.type(), List.of(1L, 3L, 5L, 5L))));
    Run run = Run.inlay("verify", changed.toString(), PSP.toString());

    assertThat(run.err())
        .startsWith("inlay: changed.safetensors: The engine failed: ")
        .containsOnlyOnce("inlay: ");
    assertThat(run.out()).contains("psphead: ppm", "1 of 2 files are within");
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void whatAuthorsHaveAndTechniquesHaveNotIsNamed() {
    refused(
        configured(Golden.of("dupsampling", "dupsampling_layer"), "{", "{\"pad\": 1, "),
        "changed: The reference dunet.py:DUpsampling has the option pad=1, but Inlay's 'dupsampling' supports only 0.");
    refused(
        configured(Golden.of("spnet", "spnet_bottleneck"), "{", "{\"spm_on\": false, "),
        "has the option spm_on=false, but Inlay's 'spnet' supports only true.");
    refused(
        configured(Golden.of("spnet", "spnet_bottleneck"), "\"stride\": 1", "\"stride\": 3"),
        "has the option stride=3, but Inlay's 'spnet' supports only ");
    refused(
        configured(Golden.of("encoding", "encnet_se_loss"), "{", "{\"weight\": [1, 2], "),
        "has the option weight=[1, 2], but Inlay's 'encoding' ");
    refused(
        configured(Golden.of("isnet", "isnet_slcm"), "{", "{\"scale\": 2, "),
        "The reference semanticlevel.py:SemanticLevelContext has the option scale=2");
    refused(
        copy(
            Golden.of("jpu", "fastfcn_jpu"),
            (tensors, metadata) -> metadata.put("reference", "encoding/nn/customize.py:JPU_X")),
        "No technique corresponds to the reference 'customize.py:JPU_X'. Did you mean 'customize.py:JPU'?");
  }

  @Test
  void tooFewInputsAreNamed() {
    refused(
        copy(Golden.of("jpu", "fastfcn_jpu"), (tensors, metadata) -> tensors.remove("input.2")),
        "levels is 3, but the stages before made 2 maps");
    refused(
        copy(Golden.of("isnet", "isnet_head"), (tensors, metadata) -> tensors.remove("input.1")),
        "shortcut joins the first map to the last, but the stages before made only one");
    refused(
        copy(
            Golden.of("encoding", "encnet_se_loss"),
            (tensors, metadata) -> tensors.remove("input.3")),
        "needs labels (2,9,12) of type INTEGER");
  }

  @Test
  void optionsWithoutCounterpartAreNamed() {
    refused(
        configured(PSP, "\"channels\": 16", "\"channels\": 16, \"dropped\": [1, 2]"),
        "changed: The reference PSPHead has the option dropped=[1, 2], but Inlay's 'ppm | fcn' has no such option.");
    refused(
        configured(PSP, "{\"type\": \"BN\"}", "{\"type\": \"GN\"}"),
        "The reference has the option norm_cfg.type=GN");
    refused(
        configured(PSP, "\"num_classes\": 5", "\"num_classes\": \"five\""),
        "'config' does not have mmsegmentation's form");
    refused(
        configured(PSP, "PSPHead", "LRASPPHead"),
        "No technique corresponds to the reference 'LRASPPHead'");
    refused(
        configured(Golden.of("criss-cross", "cchead"), "\"recurrence\": 2", "\"recurrence\": 0"),
        "recurrence is 0");
    refused(
        configured(
            Golden.of("ocr", "ocrhead_convs"),
            "\"ocr_channels\"",
            "\"input_transform\": \"resize_concat\", \"ocr_channels\""),
        "The first head of the cascade has the option input_transform=none, the second"
            + " resize_concat");
  }

  @Test
  void whatIsNoGoldenFileIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.safetensors"), "not tensors at all");
    refused(text, "notes.safetensors");
    refused(
        copy(PSP, (tensors, metadata) -> tensors.keySet().removeIf(n -> n.startsWith("input"))),
        "changed.safetensors is no golden file: it lacks the entry input.0");
    refused(folder.resolve("none.safetensors"), "none.safetensors");
  }

  @ParameterizedTest
  @CsvSource({
    "aspp, aspphead",
    "criss-cross, cchead",
    "criss-cross, cchead_kernel5",
    "dcm, dmhead",
    "deeplabv3plus, sepaspphead",
    "deeplabv3plus, sepaspphead_alone",
    "dual-graph, dgcn_dual",
    "dual-graph, dgcn_dual_odd",
    "dual-graph, dgcn_head",
    "dual-graph, dgcn_spatial",
    "dupsampling, dupsampling_decoder",
    "dupsampling, dupsampling_layer",
    "dupsampling, dupsampling_layer_oblong",
    "dupsampling, dupsampling_loss",
    "dupsampling, dupsampling_reconstruction",
    "encoding, enc_onehot",
    "encoding, enchead",
    "encoding, encnet_encoding",
    "encoding, encnet_encoding_sequence",
    "encoding, encnet_head",
    "encoding, encnet_head_jpu",
    "encoding, encnet_module",
    "encoding, encnet_se_loss",
    "encoding, encnet_se_loss_ignored",
    "fcn, fcnhead",
    "fcn, fcnhead_binary",
    "fcn, fcnhead_resizeconcat",
    "gald, gald_block",
    "gald, gald_cgnl",
    "gald, gald_cgnl_planes",
    "gald, gald_head",
    "gald, gald_local",
    "gald, gald_local_odd",
    "hrnet, hrnet",
    "hrnet, hrnet_finest",
    "isnet, isnet_head",
    "isnet, isnet_head_no_shortcut",
    "isnet, isnet_ilcm",
    "isnet, isnet_slcm",
    "isnet, isnet_slcm_absent",
    "jpu, jpu",
    "jpu, jpu_levels",
    "jpu, fastfcn_jpu",
    "jpu, fastfcn_jpu_corners",
    "ocr, ocrhead",
    "ocr, ocrhead_convs",
    "resnet, resnet18",
    "resnet, resnet18_three_stages",
    "resnet, resnet50",
    "resnet, resnet50_caffe_averaging",
    "resnet, resnet50_v1d_caffe",
    "spnet, spnet_bottleneck",
    "spnet, spnet_bottleneck_strided",
    "spnet, spnet_spm",
    "spnet, spnet_spm_widened",
    "strip-pooling, spnet_head",
    "strip-pooling, spnet_mpm",
    "strip-pooling, spnet_mpm_odd",
  })
  void everyModuleIsWithinTheTolerance(String plugin, String name) {
    Run run = Run.inlay("verify", Golden.of(plugin, name).toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith(name + ": ");
    assertThat(run.code()).as(run.out()).isZero();
  }

  /** Networks that need techniques which there are not, or not yet. */
  private static boolean hasTechniques(String name) {
    return name.matches(
        "net_(fcn|pspnet|deeplabv3|deeplabv3plus|ccnet|encnet|dmnet|ocrnet|fastfcn).*");
  }

  @Test
  void everyNetworkIsWithinTheTolerance() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("verify"));
    for (Path file : Golden.files("mmseg")) {
      String name = file.getFileName().toString();
      if (hasTechniques(name) && !name.equals(DEEPEST)) {
        arguments.add(file.toString());
      }
    }
    Run run = Run.inlay(arguments.toArray(String[]::new));

    assertThat(run.err()).isEmpty();
    assertThat(arguments).hasSizeGreaterThan(13);
    assertThat(run.code()).as(run.out()).isZero();
  }

  @Test
  void deepestNetworkIsWithinTwiceTheTolerance() throws IOException {
    Path file = Golden.files("mmseg").get(0).resolveSibling(DEEPEST);
    Run run = Run.inlay("verify", "--tolerance", "2e-4", file.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).as(run.out()).isZero();
  }
}
