package dev.inlay.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.inlay.weights.ModelInfo;
import dev.inlay.weights.Normalization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What images are normalised by stands at other places in every version of mmsegmentation. */
final class PixelStatisticsTest {

  private static Optional<Normalization> read(String json) {
    return PixelStatistics.of(JsonParser.parseString(json).getAsJsonObject());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'img_norm_cfg': %s, 'model': {}}",
        "{'data_preprocessor': %s, 'model': {}}",
        "{'model': {'data_preprocessor': %s}}",
        "{'backbone': {}, 'data_preprocessor': %s}",
        "{'img_norm_cfg': {'mean': [1, 2]}, 'model': {'data_preprocessor': %s}}"
      })
  void itIsFoundWhereVersionsPutIt(String place) {
    String norm = "{'mean': [127.5, 123.675, 0], 'std': [51, 58.395, 255], 'to_rgb': true}";

    assertThat(read(place.formatted(norm)))
        .contains(new Normalization(List.of(0.5, 0.485, 0.0), List.of(0.2, 0.229, 1.0)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'model': [], 'data_preprocessor': 3}",
        "{'data_preprocessor': {'mean': [1, 2, 3]}}",
        "{'data_preprocessor': {'mean': [1, 2, null], 'std': ['a', 2, 3]}}",
        "{'data_preprocessor': {'mean': [1, 2, 3, 4], 'std': [1, 2, 3, 4]}}"
      })
  void nothingIsMadeUp(String configuration) {
    assertThat(read(configuration)).isEmpty();
  }

  @Test
  void aFilesOwnModelComesFirst() {
    List<Double> half = List.of(0.5, 0.5, 0.5);
    ModelInfo model =
        new ModelInfo("a | b", List.of("one"), List.of("#000000"), 255, half, half, Map.of());
    Map<String, String> texts = new HashMap<>(model.toMetadata());
    texts.put("config", "{'model': {}, 'img_norm_cfg': {'mean': [0, 0, 0], 'std': [1, 1, 1]}}");
    FileFacts facts = new FileFacts(texts);

    assertThat(facts.normalization("model.safetensors")).contains(new Normalization(half, half));
  }
}
