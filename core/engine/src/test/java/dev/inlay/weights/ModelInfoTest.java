package dev.inlay.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inlay.InlayException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A model's description is read as it was saved, and mistakes in it are reported. */
final class ModelInfoTest {
  private static final ModelInfo INFO =
      new ModelInfo(
          "resnet18(width=32) | aspp(rates=[12, 24]) | fcn",
          List.of("sky", "l'église <&>"),
          List.of("#808080", "#80FF00"),
          255,
          List.of(0.485, 0.456, 0.406),
          List.of(0.229, 0.224, 1.0),
          facts());

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void nameFile() {
    path = folder.resolve("best.safetensors");
  }

  private static Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("mIoU", "0.75");
    facts.put("iterations", "300");
    return facts;
  }

  private ModelInfo readBack(Map<String, String> metadata) {
    SafetensorsWriter.write(path, metadata, List.of(), (tensor, channel) -> {});
    try (Safetensors file = Safetensors.open(path)) {
      return ModelInfo.of(file);
    }
  }

  private void assertRefused(Map<String, String> metadata, String message) {
    assertThatExceptionOfType(InlayException.class)
        .isThrownBy(() -> readBack(metadata))
        .withMessage(path + message);
  }

  private static Map<String, String> with(String key, String text) {
    Map<String, String> metadata = new LinkedHashMap<>(INFO.toMetadata());
    metadata.put(key, text);
    return metadata;
  }

  @Test
  void comesBackFromAFile() {
    assertThat(readBack(INFO.toMetadata())).isEqualTo(INFO);
    assertThat(INFO.palette()).containsExactly("#808080", "#80ff00");
    assertThat(readBack(INFO.toMetadata()).training().keySet())
        .containsExactly("mIoU", "iterations");
  }

  @Test
  void metadataAreAsDocumented() {
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("format", "inlay");
    expected.put("version", "1");
    expected.put("spec", "resnet18(width=32) | aspp(rates=[12, 24]) | fcn");
    expected.put("classes", "[\"sky\",\"l'église <&>\"]");
    expected.put("palette", "[\"#808080\",\"#80ff00\"]");
    expected.put("ignore", "255");
    expected.put("mean", "[0.485,0.456,0.406]");
    expected.put("std", "[0.229,0.224,1.0]");
    expected.put("training", "{\"mIoU\":\"0.75\",\"iterations\":\"300\"}");
    assertThat(INFO.toMetadata()).isEqualTo(expected);
  }

  @Test
  void trainingFactsMayBeAnyJson() {
    assertThat(readBack(with("training", "{\"n\":1.50,\"ok\":true,\"deep\":[1,{}]}")).training())
        .isEqualTo(Map.of("n", "1.50", "ok", "true", "deep", "[1,{}]"));
  }

  @Test
  void plainWeights() {
    assertRefused(
        Map.of(),
        " is no Inlay model: its metadata has no 'format'."
            + " It may be plain weights, which need the spec of their network beside them.");
    assertRefused(
        Map.of("format", "pt"),
        " is no Inlay model: its metadata has the format 'pt'."
            + " It may be plain weights, which need the spec of their network beside them.");
  }

  @Test
  void laterVersion() {
    assertRefused(
        with("version", "2"),
        " is an Inlay model of version '2'; this Inlay reads version 1."
            + " Use the Inlay that saved it, or a newer one.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"version", "spec", "classes", "palette", "ignore", "mean", "std", "training"})
  void missingPart(String key) {
    Map<String, String> metadata = new LinkedHashMap<>(INFO.toMetadata());
    metadata.remove(key);
    assertRefused(
        metadata,
        " is no complete Inlay model: its metadata has no '" + key + "'. Save the model again.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "classes|sky|a JSON list of strings",
        "classes|``|a JSON list of strings",
        "classes|[1, 2]|a JSON list of strings",
        "classes|[\"sky\", null]|a JSON list of strings",
        "classes|{}|a JSON list of strings",
        "classes|[\"sky\"|a JSON list of strings",
        "palette|\"#808080\"|a JSON list of strings",
        "ignore|none|a whole number",
        "ignore|1.5|a whole number",
        "mean|[\"0.5\", 0.5, 0.5]|a JSON list of numbers",
        "mean|[NaN, 0.5, 0.5]|a JSON list of numbers",
        "std|0.5|a JSON list of numbers",
        "training|[]|a JSON object"
      })
  void illFormedPart(String key, String text, String kind) {
    assertRefused(
        with(key, text),
        (" is no valid Inlay model: the '%s' in its metadata is not %s but '%s'."
                + " Save the model again.")
            .formatted(key, kind, text));
  }

  @Test
  void absurdlyDeepPart() {
    assertRefused(
        with("training", "{\"a\":" + "[".repeat(100_000)),
        " is no valid Inlay model: the 'training' in its metadata is not a JSON object but '{\"a\":"
            + "[".repeat(75)
            + "…'. Save the model again.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "spec|` `|The spec is empty; it names the network.",
        "classes|[]|There are no classes; at least one is needed.",
        "classes|[\"sky\", \"\"]|Class 1 has an empty name; give it one.",
        "palette|[\"#808080\"]|The palette has 1 colours for 2 classes; each class needs one.",
        "palette|[\"#808080\", \"red\"]|The palette has the colour 'red';"
            + " a colour is '#' and six hexadecimal digits.",
        "ignore|1|The ignored id is 1, which is a class; give one outside 0 to 1.",
        "mean|[0.5]|The mean has 1 numbers; red, green and blue need one each.",
        "mean|[123.675, 116.28, 103.53]|The mean is [123.675, 116.28, 103.53];"
            + " its numbers lie between 0 and 1. Divide those for 0 to 255 by 255.",
        "std|[0.5, -0.5, 0.5]|The std is [0.5, -0.5, 0.5];"
            + " its numbers lie between 0 and 1. Divide those for 0 to 255 by 255.",
        "std|[0.5, 0.5, 0.5, 0.5]|The std has 4 numbers; red, green and blue need one each.",
        "std|[0.5, 0, 0.5]|The std is [0.5, 0.0, 0.5];"
            + " its numbers must be at least 0.000001, because the image is divided by them.",
        "std|[0.5, 0.5, 1e-320]|The std is [0.5, 0.5, 1.0E-320];"
            + " its numbers must be at least 0.000001, because the image is divided by them."
      })
  void partsThatDoNotFit(String key, String text, String message) {
    assertRefused(with(key, text), " is no valid Inlay model. " + message);
  }
}
