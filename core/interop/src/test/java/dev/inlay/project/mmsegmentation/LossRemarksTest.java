package dev.inlay.project.mmsegmentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Remarks name the heads that a configuration trains with another loss than Inlay, and no others.
 */
final class LossRemarksTest {

  private static Map<String, String> of(String model) {
    return LossRemarks.of(JsonParser.parseString(model).getAsJsonObject());
  }

  private static String head(String loss) {
    return "{'type': 'FCNHead', 'loss_decode': " + loss + "}";
  }

  private static String crossEntropy(String more) {
    return "{'type': 'CrossEntropyLoss', 'use_sigmoid': false" + more + "}";
  }

  @Test
  void plainCrossEntropyIsNoRemark() {
    String auxiliary = head(crossEntropy(", 'loss_weight': 0.4, 'class_weight': null"));

    assertThat(of("{'backbone': {}, 'decode_head': {}}")).isEmpty();
    assertThat(
            of(
                "{'decode_head': [%s, %s], 'auxiliary_head': %s}"
                    .formatted(
                        head(crossEntropy(", 'loss_weight': 0.4")),
                        head(crossEntropy(", 'loss_weight': 1.0")),
                        auxiliary)))
        .isEmpty();
  }

  @Test
  void otherLossesWeightsAndSamplersAreNamed() {
    String both = "[" + crossEntropy("") + ", {'type': 'DiceLoss', 'loss_weight': 3.0}]";
    String sampled =
        "{'sampler': {'type': 'OHEMPixelSampler'}, 'loss_decode': %s}"
            .formatted(crossEntropy(", 'class_weight': [1, 2]"));

    assertThat(
            of(
                "{'decode_head': %s, 'auxiliary_head': [%s, %s]}"
                    .formatted(head(both), sampled, head("{'type': 'FocalLoss'}"))))
        .containsExactly(
            Map.entry("decode_head", "with CrossEntropyLoss+DiceLoss"),
            Map.entry("auxiliary_head.0", "with class weights, on the pixels of a sampler"),
            Map.entry("auxiliary_head.1", "with FocalLoss"));
  }

  @Test
  void aWeightOfTheDecodeHeadIsNamed() {
    assertThat(of("{'decode_head': " + head(crossEntropy(", 'loss_weight': 0.5")) + "}"))
        .containsExactly(Map.entry("decode_head", "with a loss weight of 0.5"));
  }
}
