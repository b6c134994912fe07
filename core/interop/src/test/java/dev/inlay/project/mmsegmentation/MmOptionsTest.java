package dev.inlay.project.mmsegmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import dev.inlay.Counterpart;
import dev.inlay.Reference;
import dev.inlay.reference.ReferenceOptions;
import org.junit.jupiter.api.Test;

/** What the options of mmsegmentation's parts have in common. */
final class MmOptionsTest {

  private static final Reference NECK =
      neck("pool(bins={scales=[1, 2]}, channels={channels}) | fcn(x={loss.x=3})")
          .only("kernel", "3", "3")
          .ignoring("loss_extra");

  private static Reference neck(String stages) {
    return Reference.of(Counterpart.neck(MmSegmentation.NAME, "Net"), stages);
  }

  private static String spec(Reference reference, String json) {
    ReferenceOptions options = MmOptions.of(JsonParser.parseString(json).getAsJsonObject());
    MmOptions.requireNorm(reference, options);
    return options.spec(reference);
  }

  private static void refused(Reference reference, String json, String part) {
    assertThatThrownBy(() -> spec(reference, json)).hasMessageContaining(part);
  }

  @Test
  void whatChangesNothingMayStand() {
    String json =
        "{\"channels\": 8, \"kernel\": 3, \"loss_extra\": {\"y\": 1}, \"in_channels\": [1, 2],"
            + " \"conv_cfg\": null, \"norm_cfg\": {\"type\": \"SyncBN\", \"requires_grad\": true},"
            + " \"act_cfg\": {\"type\": \"ReLU\"}, \"loss_decode\": {\"loss_weight\": 0.4}}";
    assertThat(spec(NECK, json)).startsWith("pool(");
  }

  @Test
  void layersThatNoTechniqueHasAreNamed() {
    refused(NECK, "{\"channels\": 8, \"norm_cfg\": {\"type\": \"GN\"}}", "norm_cfg.type=GN");
    refused(NECK, "{\"norm_cfg\": {\"type\": \"BN\", \"eps\": 0.001}}", "norm_cfg.eps=0.001");
    refused(NECK, "{\"act_cfg\": {\"type\": \"ELU\"}}", "act_cfg.type=ELU");
    refused(NECK, "{\"act_cfg\": null}", "act_cfg.type=None");
    refused(NECK, "{\"channels\": 8, \"dcn\": {\"type\": \"DCN\"}}", "dcn.type=DCN");
    refused(
        NECK,
        "{\"channels\": 8, \"input_transform\": \"resize_concat\"}",
        "resize_concat, but Inlay's");
  }

  @Test
  void aHeadWithoutNormIsRefused() {
    Reference reference = Reference.of(Counterpart.head(MmSegmentation.NAME, "FCNHead"), "fcn");
    String named = "{\"norm_cfg\": {\"type\": \"BN\"}, \"input_transform\": \"multiple_select\"}";
    assertThat(spec(reference, named)).isEqualTo("fcn");
    refused(reference, "{}", "norm_cfg=None");
    refused(reference, "{\"norm_cfg\": null}", "norm_cfg.type=None");
  }

  @Test
  void aRatioThatIsNotPositiveDropsNothing() {
    Reference head = neck("net(dropout={dropout_ratio=0.1})");
    assertThat(spec(head, "{}")).isEqualTo("net(dropout=0.1)");
    assertThat(spec(head, "{\"dropout_ratio\": 0.5}")).isEqualTo("net(dropout=0.5)");
    assertThat(spec(head, "{\"dropout_ratio\": 0}")).isEqualTo("net(dropout=0)");
    assertThat(spec(head, "{\"dropout_ratio\": -1}")).isEqualTo("net(dropout=0)");
  }

  @Test
  void aHeadsLossesHaveOneWeight() {
    Reference head = neck("net(weight={loss_decode.loss_weight=1.0})");
    assertThat(spec(head, "{}")).isEqualTo("net(weight=1.0)");
    assertThat(spec(head, "{\"loss_decode\": null}")).isEqualTo("net(weight=1.0)");
    assertThat(spec(head, "{\"loss_decode\": []}")).isEqualTo("net(weight=1.0)");
    String dice = "{\"type\": \"DiceLoss\", \"loss_weight\": 3.0}";
    String entropy = "{\"type\": \"CrossEntropyLoss\", \"loss_weight\": 0.4}";
    String plain = "{\"type\": \"CrossEntropyLoss\", \"class_weight\": [1, 2]}";
    assertThat(spec(head, "{\"loss_decode\": " + entropy + "}")).isEqualTo("net(weight=0.4)");
    assertThat(spec(head, "{\"loss_decode\": " + plain + "}")).isEqualTo("net(weight=1.0)");
    assertThat(spec(head, "{\"loss_decode\": [" + dice + "," + entropy + "]}"))
        .isEqualTo("net(weight=0.4)");
    assertThat(spec(head, "{\"loss_decode\": [" + dice + "]}")).isEqualTo("net(weight=3.0)");
  }

  @Test
  void aLossWithoutWeightIsNoLossThatIsNotNamed() {
    Reference head = neck("net(weight={loss_se_decode.loss_weight=0.2})");
    assertThat(spec(head, "{}")).isEqualTo("net(weight=0.2)");
    assertThat(spec(head, "{\"loss_se_decode\": {\"type\": \"CrossEntropyLoss\"}}"))
        .isEqualTo("net(weight=1.0)");
  }
}
