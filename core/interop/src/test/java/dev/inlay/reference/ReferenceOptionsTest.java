package dev.inlay.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import dev.inlay.Reference;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a reference's options become a spec. */
final class ReferenceOptionsTest {

  private record None() {}

  private static final Reference<None> HEAD =
      Reference.<None>of(
              "Head", "pool(bins={scales=[1, 2]}, channels={channels}) | fcn(x={loss.x=3})")
          .only("kernel", "3", "3")
          .ignoring("loss_extra");

  private static String spec(Reference<?> reference, String json) {
    return new ReferenceOptions(JsonParser.parseString(json).getAsJsonObject()).spec(reference);
  }

  @Test
  void valuesTakeTheirPlacesAndDefaultsStandIn() {
    assertThat(spec(HEAD, "{\"channels\": 8}"))
        .isEqualTo("pool(bins=[1, 2], channels=8) | fcn(x=3)");
    assertThat(spec(HEAD, "{\"channels\": 8, \"scales\": [4,6], \"loss\": {\"x\": 5}}"))
        .isEqualTo("pool(bins=[4, 6], channels=8) | fcn(x=5)");
  }

  @Test
  void whatChangesNothingMayStand() {
    String json =
        "{\"channels\": 8, \"kernel\": 3, \"loss_extra\": {\"y\": 1}, \"in_channels\": [1, 2],"
            + " \"conv_cfg\": null, \"norm_cfg\": {\"type\": \"SyncBN\", \"requires_grad\": true},"
            + " \"act_cfg\": {\"type\": \"ReLU\"}, \"loss_decode\": {\"loss_weight\": 0.4}}";
    assertThat(spec(HEAD, json)).startsWith("pool(");
  }

  @Test
  void wordsAreReadTheirWay() {
    Reference<None> lateral =
        Reference.<None>of("Head", "enc(laterals={lateral=false})")
            .saying("lateral", Map.of("false", "0", "true", "{earlier}"));
    ReferenceOptions options =
        new ReferenceOptions(JsonParser.parseString("{\"lateral\": true}").getAsJsonObject());
    options.put("earlier", "2");
    assertThat(options.spec(lateral)).isEqualTo("enc(laterals=2)");
    assertThat(spec(lateral, "{}")).isEqualTo("enc(laterals=0)");
    refused(lateral, "{\"lateral\": 3}", "Head has the option lateral=3, which 'enc' has not");
  }

  private static void refused(Reference<?> reference, String json, String part) {
    assertThatThrownBy(() -> spec(reference, json)).hasMessageContaining(part);
  }

  @Test
  void whatHasNoCounterpartIsNamed() {
    refused(HEAD, "{\"channels\": 8, \"kernel\": 1}", "kernel=1, which 'pool | fcn' has not");
    refused(HEAD, "{\"channels\": 8, \"gate\": true}", "gate=true, which 'pool | fcn' has not");
    refused(HEAD, "{}", "the configuration of Head does not name its option channels");
    refused(HEAD, "{\"channels\": 8, \"norm_cfg\": {\"type\": \"GN\"}}", "norm_cfg.type=GN");
    refused(HEAD, "{\"norm_cfg\": {\"type\": \"BN\", \"eps\": 0.001}}", "norm_cfg.eps=0.001");
    refused(HEAD, "{\"act_cfg\": {\"type\": \"ELU\"}}", "act_cfg.type=ELU");
    refused(HEAD, "{\"act_cfg\": null}", "act_cfg.type=None");
    refused(HEAD, "{\"channels\": 8, \"dcn\": {\"type\": \"DCN\"}}", "dcn.type=DCN");
    refused(
        HEAD, "{\"channels\": 8, \"input_transform\": \"resize_concat\"}", "resize_concat, which");
  }

  @Test
  void aHeadWithoutNormIsRefused() {
    Reference<None> reference = Reference.of("FCNHead", "fcn");
    String named = "{\"norm_cfg\": {\"type\": \"BN\"}, \"input_transform\": \"multiple_select\"}";
    assertThat(spec(reference, named)).isEqualTo("fcn");
    refused(reference, "{}", "norm_cfg=None");
    refused(reference, "{\"norm_cfg\": null}", "norm_cfg.type=None");
  }

  @Test
  void aRatioThatIsNotPositiveDropsNothing() {
    Reference<None> head = Reference.of("Net", "net(dropout={dropout_ratio=0.1})");
    assertThat(spec(head, "{}")).isEqualTo("net(dropout=0.1)");
    assertThat(spec(head, "{\"dropout_ratio\": 0.5}")).isEqualTo("net(dropout=0.5)");
    assertThat(spec(head, "{\"dropout_ratio\": 0}")).isEqualTo("net(dropout=0)");
    assertThat(spec(head, "{\"dropout_ratio\": -1}")).isEqualTo("net(dropout=0)");
  }

  @Test
  void aHeadsLossesHaveOneWeight() {
    Reference<None> head = Reference.of("Net", "net(weight={loss_decode.loss_weight=1.0})");
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
    Reference<None> head = Reference.of("Net", "net(weight={loss_se_decode.loss_weight=0.2})");
    assertThat(spec(head, "{}")).isEqualTo("net(weight=0.2)");
    assertThat(spec(head, "{\"loss_se_decode\": {\"type\": \"CrossEntropyLoss\"}}"))
        .isEqualTo("net(weight=1.0)");
  }

  @Test
  void listsMayBeJoined() {
    Reference<None> stages = Reference.of("Net", "net(blocks=[{*one}, {*two}], width={*width})");
    assertThat(spec(stages, "{\"one\": [1], \"two\": [2, 3], \"width\": [8]}"))
        .isEqualTo("net(blocks=[1, 2, 3], width=8)");
    assertThat(spec(stages, "{\"one\": 1, \"two\": [2, 3], \"width\": 8}"))
        .isEqualTo("net(blocks=[1, 2, 3], width=8)");
  }
}
