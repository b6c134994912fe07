package dev.inlay.project.mmsegmentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a configuration says of inference that Inlay does not do is listed, whatever it is. */
final class InferenceRemarksTest {

  private static Map<String, String> remarks(String json) {
    return InferenceRemarks.of(JsonParser.parseString(json).getAsJsonObject());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'model': {'type': 'EncoderDecoder', 'test_cfg': {'mode': 'whole'}}}",
        "{'model': {'test_cfg': null, 'data_preprocessor': {'mean': [1, 2, 3]}}}",
        "{'model': 3, 'test_pipeline': 4, 'data': {'test': []}}",
        "{'test_pipeline': [{'type': 'LoadImageFromFile'}, {'type': 'PackSegInputs'}]}",
        "{'test_pipeline': [{'type': 'MultiScaleFlipAug', 'img_ratios': [1.0], 'flip': false,"
            + " 'transforms': [{'type': 'RandomFlip'}, {'type': 'Normalize'}]}]}"
      })
  void aNetworkThatRunsOnceOnWholeImagesHasNone(String json) {
    assertThat(remarks(json)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "{'model': {'test_cfg': {'mode': 'slide', 'crop_size': [512, 512], 'stride': [341, 341]}}};"
            + " test_cfg.mode; windows of [512,512] at steps of [341,341]",
        "{'test_cfg': {'mode': 'slide', 'crop_size': [9, 8], 'stride': [5, 4]}}; test_cfg.mode;"
            + " windows of [9,8]",
        "{'model': {'test_cfg': {'mode': 'whole', 'multi_label': true}}}; test_cfg.multi_label;"
            + " true",
        "{'model': {'data_preprocessor': {'test_cfg': {'size_divisor': 32}}}};"
            + " data_preprocessor.test_cfg; size_divisor",
        "{'model': {'type': 'DepthEstimator'}}; model.type; DepthEstimator",
        "{'test_pipeline': [{'type': 'Resize', 'scale': [2048, 1024], 'keep_ratio': true}]};"
            + " pipeline.Resize; scale=[2048,1024], keep_ratio=true",
        "{'data': {'test': {'pipeline': [{'type': 'MultiScaleFlipAug', 'img_scale': [2048, 512],"
            + " 'img_ratios': [0.5, 1.0], 'flip': true}]}}}; pipeline.MultiScaleFlipAug; flipped",
        "{'test_dataloader': {'dataset': {'pipeline': [{'type': 'CLAHE'}]}}}; pipeline.CLAHE;"
            + " changes images",
        "{'test_pipeline': [{'type': 'RandomFlip', 'prob': 1.0}]}; pipeline.RandomFlip; flipped",
        "{'test_pipeline': [{'type': 'TestTimeAug', 'transforms': [[{'type': 'Resize',"
            + " 'scale_factor': 0.5}]]}]}; pipeline.TestTimeAug; averaged",
        "{'tta_model': {'type': 'SegTTAModel'}}; tta_pipeline; only with --tta"
      })
  void eachOtherWayIsNamedAtItsPlace(String json, String place, String words) {
    assertThat(remarks(json)).containsKey(place);
    assertThat(remarks(json).get(place)).contains(words);
  }
}
