package dev.inlay.project.mmsegmentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.inlay.reference.PixelConvention;
import dev.inlay.reference.PixelConvention.ColourOrder;
import dev.inlay.weights.Normalization;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What images are normalised by stands at other places in every version of mmsegmentation. */
final class PixelStatisticsTest {

  private static Optional<Normalization> read(String json) {
    return PixelStatistics.of(JsonParser.parseString(json).getAsJsonObject())
        .map(PixelConvention::normalization);
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

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "img_norm_cfg; ; RGB",
        "img_norm_cfg; , 'to_rgb': true; RGB",
        "img_norm_cfg; , 'to_rgb': false; BGR",
        "data_preprocessor; , 'bgr_to_rgb': true; RGB",
        "data_preprocessor; , 'bgr_to_rgb': false; BGR",
        "data_preprocessor; , 'bgr_to_rgb': false, 'rgb_to_bgr': true; RGB",
        "data_preprocessor; ; BGR"
      })
  void theColoursHaveTheOrderThatTheVersionGivesThem(
      String part, @Nullable String flag, ColourOrder order) {
    String json =
        "{'%s': {'mean': [51, 102, 153], 'std': [25.5, 51, 76.5]%s}}"
            .formatted(part, flag == null ? "" : flag);
    List<Double> mean = List.of(0.2, 0.4, 0.6);
    List<Double> deviation = List.of(0.1, 0.2, 0.3);
    Normalization turned =
        order == ColourOrder.RGB
            ? new Normalization(mean, deviation)
            : new Normalization(List.of(0.6, 0.4, 0.2), List.of(0.3, 0.2, 0.1));

    assertThat(PixelStatistics.of(JsonParser.parseString(json).getAsJsonObject()))
        .contains(new PixelConvention(order, turned));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'model': {'data_preprocessor': {'type': 'SegDataPreProcessor'}}}; BGR",
        "{'model': {'data_preprocessor': {'mean': null, 'std': null}}}; BGR",
        "{'data_preprocessor': {'bgr_to_rgb': true}}; RGB",
        "{'data_preprocessor': {}, 'img_norm_cfg': {'mean': [1, 2, 3], 'std': [1, 1, 1]}}; BGR"
      })
  void aPreprocessorWithoutMeanDoesNotNormalise(String json, ColourOrder order) {
    assertThat(PixelStatistics.of(JsonParser.parseString(json).getAsJsonObject()))
        .contains(new PixelConvention(order, Normalization.NONE));
  }

  @Test
  void aPreprocessorWithoutMeanLeavesItToThePipelineOrAnotherOne() {
    String norm = "'mean': [0, 51, 255], 'std': [51, 51, 51], 'to_rgb': true";
    Normalization normalization = new Normalization(List.of(0.0, 0.2, 1.0), List.of(0.2, 0.2, 0.2));
    assertThat(
            read(
                "{'data_preprocessor': {}, 'test_pipeline': [{'type': 'Normalize', %s}]}"
                    .formatted(norm)))
        .contains(normalization);
    assertThat(
            read(
                "{'model': {'data_preprocessor': {%s}}, 'data_preprocessor': {'size': [1, 1]}}"
                    .formatted(norm)))
        .contains(normalization);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'test_pipeline': %s",
        "'data': {'test': {'pipeline': %s}}",
        "'test_dataloader': {'dataset': {'pipeline': %s}}"
      })
  void theTestsPipelineCountsMoreThanSettingsBesideIt(String place) {
    String steps =
        "[{'type': 'LoadImageFromFile'}, {'type': 'MultiScaleFlipAug', 'transforms':"
            + " [{'type': 'Normalize', 'mean': [51, 102, 153], 'std': [25.5, 51, 76.5],"
            + " 'to_rgb': false}]}]";
    String beside = "'img_norm_cfg': {'mean': [0, 0, 0], 'std': [1, 1, 1]}";
    JsonObject json =
        JsonParser.parseString("{%s, %s}".formatted(place.formatted(steps), beside))
            .getAsJsonObject();

    assertThat(PixelStatistics.of(json))
        .contains(
            new PixelConvention(
                ColourOrder.BGR,
                new Normalization(List.of(0.6, 0.4, 0.2), List.of(0.3, 0.2, 0.1))));
  }

  @Test
  void deviationsOfOneStayExact() {
    assertThat(read("{'img_norm_cfg': {'mean': [103.53, 116.28, 123.675], 'std': [1, 1, 1]}}"))
        .map(Normalization::deviation)
        .contains(List.of(1 / 255.0, 1 / 255.0, 1 / 255.0));
  }
}
