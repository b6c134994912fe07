package dev.inlay.weights;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inlay.InlayException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parameters that do not fit are named, with the probable cause. */
final class ParameterMatchTest {
  private static final String SPEC = "resnet18 | fcn";

  @TempDir Path folder;
  private Path path;
  private final Map<String, List<Long>> wanted = new LinkedHashMap<>();
  private final Map<String, List<Long>> saved = new LinkedHashMap<>();
  private Map<String, String> metadata = Map.of();

  @BeforeEach
  void startWithTwoThatFit() {
    path = folder.resolve("a.safetensors");
    for (Map<String, List<Long>> parameters : List.of(wanted, saved)) {
      parameters.put("resnet18.conv1.weight", List.of(8L, 3L, 3L, 3L));
      parameters.put("fcn.conv_seg.bias", List.of(2L));
    }
  }

  private void match() {
    List<TensorInfo> tensors =
        saved.entrySet().stream()
            .map(entry -> new TensorInfo(entry.getKey(), TensorType.F32, entry.getValue()))
            .toList();
    SafetensorsWriter.write(
        path,
        metadata,
        tensors,
        (tensor, channel) -> channel.write(ByteBuffer.allocate((int) tensor.bytes())));
    try (Safetensors file = Safetensors.open(path)) {
      ParameterMatch.require(file, SPEC, wanted);
    }
  }

  private void assertRefused(String message) {
    assertThatExceptionOfType(InlayException.class)
        .isThrownBy(this::match)
        .withMessage(path + " does not fit the network \"resnet18 | fcn\": " + message);
  }

  @Test
  void equalParametersFitInAnyOrderAndWhateverTheSpec() {
    saved.put("resnet18.conv1.weight", saved.remove("resnet18.conv1.weight"));
    metadata = Map.of("spec", "another");
    match();
  }

  @Test
  void missingExtraAndMisshapenAreAllNamed() {
    wanted.put("new.weight", List.of(4L, 4L));
    saved.put("old.weight", List.of());
    saved.put("fcn.conv_seg.bias", List.of(2L, 1L));
    assertRefused(
        "the file lacks new.weight (4, 4); the network lacks old.weight ();"
            + " of another shape are fcn.conv_seg.bias (2, 1) in the file and (2) in the network."
            + " Use the spec that the file was made with, or another file.");
  }

  @Test
  void longListsAreCut() {
    for (long index = 0; index < 9; index++) {
      wanted.put("more." + index, List.of(index));
    }
    assertRefused(
        "the file lacks more.0 (0), more.1 (1), more.2 (2), more.3 (3), … (9 in all)."
            + " Use the spec that the file was made with, or another file.");
  }

  @Test
  void anotherNumberOfClasses() {
    saved.put("fcn.conv_seg.weight", List.of(19L, 8L, 1L, 1L));
    saved.put("fcn.conv_seg.bias", List.of(19L));
    wanted.put("fcn.conv_seg.weight", List.of(2L, 8L, 1L, 1L));
    metadata = Map.of("spec", "another");
    assertRefused(
        "of another shape are fcn.conv_seg.bias (19) in the file and (2) in the network,"
            + " fcn.conv_seg.weight (19, 8, 1, 1) in the file and (2, 8, 1, 1) in the network."
            + " The file seems to be for 19 classes, the network is for 2: use the same number.");
  }

  @Test
  void anotherWidthIsNotTakenForClasses() {
    saved.put("resnet18.conv1.weight", List.of(16L, 3L, 3L, 3L));
    saved.put("fcn.conv_seg.bias", List.of(3L));
    assertRefused(
        "of another shape are"
            + " resnet18.conv1.weight (16, 3, 3, 3) in the file and (8, 3, 3, 3) in the network,"
            + " fcn.conv_seg.bias (3) in the file and (2) in the network."
            + " Use the spec that the file was made with, or another file.");
  }

  @Test
  void prefixTooMany() {
    saved.clear();
    wanted.forEach((name, shape) -> saved.put("model.module." + name, shape));
    assertRefused(
        "the file lacks resnet18.conv1.weight (8, 3, 3, 3), fcn.conv_seg.bias (2);"
            + " the network lacks model.module.resnet18.conv1.weight (8, 3, 3, 3),"
            + " model.module.fcn.conv_seg.bias (2)."
            + " The names in the file begin with 'model.module.': save them without this prefix.");
  }

  @Test
  void prefixTooFew() {
    saved.remove("resnet18.conv1.weight");
    saved.put("conv1.weight", List.of(8L, 3L, 3L, 3L));
    assertRefused(
        "the file lacks resnet18.conv1.weight (8, 3, 3, 3);"
            + " the network lacks conv1.weight (8, 3, 3, 3)."
            + " The names in the file do not begin with 'resnet18.': save them with this prefix.");
  }

  @Test
  void anotherNetwork() {
    saved.put("ppm.bottleneck.weight", List.of(8L));
    metadata = Map.of("spec", "resnet18 | ppm | fcn");
    assertRefused(
        "the network lacks ppm.bottleneck.weight (8)."
            + " The file is for the network \"resnet18 | ppm | fcn\": use that spec.");
  }
}
