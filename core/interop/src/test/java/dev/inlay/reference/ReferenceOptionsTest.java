package dev.inlay.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import dev.inlay.Counterpart;
import dev.inlay.Reference;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a reference's options become a spec. */
final class ReferenceOptionsTest {

  private static final Reference HEAD =
      of("pool(bins={scales=[1, 2]}, channels={channels}) | fcn(x={loss.x=3})")
          .only("kernel", "3", "3")
          .ignoring("loss_extra");

  private static Reference of(String stages) {
    return Reference.of(Counterpart.sourceClass("net.py", "Head"), stages);
  }

  private static ReferenceOptions options(String json) {
    return new ReferenceOptions(
        JsonParser.parseString(json).getAsJsonObject(), (name, value) -> name.equals("input"));
  }

  private static String spec(Reference reference, String json) {
    return options(json).spec(reference);
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
        "{\"channels\": 8, \"kernel\": 3, \"loss_extra\": {\"y\": 1}, \"input\": [1, 2],"
            + " \"other\": null}";
    assertThat(spec(HEAD, json)).startsWith("pool(");
  }

  @Test
  void wordsAreReadTheirWay() {
    Reference lateral =
        of("enc(laterals={lateral=false})")
            .saying("lateral", Map.of("false", "0", "true", "{earlier}"));
    ReferenceOptions options = options("{\"lateral\": true}");
    options.put("earlier", "2");
    assertThat(options.spec(lateral)).isEqualTo("enc(laterals=2)");
    assertThat(spec(lateral, "{}")).isEqualTo("enc(laterals=0)");
    refused(
        lateral,
        "{\"lateral\": 3}",
        "net.py:Head has the option lateral=3, but Inlay's 'enc' supports only ");
  }

  @Test
  void nullHasAWordOfItsOwn() {
    Reference divided = of("sum(by={factor=1})").saying("factor", Map.of("none", "0"));
    assertThat(spec(divided, "{\"factor\": null}")).isEqualTo("sum(by=0)");
    assertThat(spec(divided, "{\"factor\": 2.5}")).isEqualTo("sum(by=2.5)");
    assertThat(spec(divided, "{}")).isEqualTo("sum(by=1)");
    assertThat(spec(of("sum(by={factor=1})"), "{\"factor\": null}")).isEqualTo("sum(by=1)");
  }

  private static void refused(Reference reference, String json, String part) {
    assertThatThrownBy(() -> spec(reference, json)).hasMessageContaining(part);
  }

  @Test
  void whatHasNoCounterpartIsNamed() {
    refused(
        HEAD,
        "{\"channels\": 8, \"kernel\": 1}",
        "kernel=1, but Inlay's 'pool | fcn' supports only 3.");
    refused(
        HEAD,
        "{\"channels\": 8, \"gate\": true}",
        "gate=true, but Inlay's 'pool | fcn' has no such option.");
    refused(HEAD, "{}", "The configuration of net.py:Head lacks its option channels.");
    refused(HEAD, "{\"channels\": 8, \"dcn\": {\"type\": \"DCN\"}}", "dcn.type=DCN");
  }

  @Test
  void anOptionWithOneValueFitsOrNot() {
    Reference concat = of("net").only("concat", "true", "false").only("kernel", "3", "3");
    assertThat(options("{\"concat\": false}").fit(concat)).isTrue();
    assertThat(options("{}").fit(concat)).isFalse();
    assertThat(options("{\"concat\": false, \"kernel\": 1}").fit(concat)).isFalse();
  }

  @Test
  void listsMayBeJoined() {
    Reference stages = of("net(blocks=[{*one}, {*two}], width={*width})");
    assertThat(spec(stages, "{\"one\": [1], \"two\": [2, 3], \"width\": [8]}"))
        .isEqualTo("net(blocks=[1, 2, 3], width=8)");
    assertThat(spec(stages, "{\"one\": 1, \"two\": [2, 3], \"width\": 8}"))
        .isEqualTo("net(blocks=[1, 2, 3], width=8)");
  }
}
