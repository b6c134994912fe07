package dev.inlay.project.mmsegmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.inlay.InlayException;
import dev.inlay.reference.ConfiguredNetwork;
import dev.inlay.reference.SampleParts;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks from mmsegmentation's configurations. */
final class MmConfigurationsTest {

  private static final String NORM = "'norm_cfg': {'type': 'BN'}";
  private static final String LAST =
      "{'type': 'LastHead', 'num_classes': 5, 'in_index': 1, " + NORM + "}";

  private static JsonObject json(String text) {
    return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
  }

  private static ConfiguredNetwork read(String more, String head) {
    return new MmConfigurations()
        .network(
            json("{'model': {'backbone': {'type': 'Trunk', 'width': 6}, " + more + head + "}}"),
            SampleParts.TECHNIQUES);
  }

  private static ConfiguredNetwork read(String head) {
    return read("", "'decode_head': " + head);
  }

  private static void refused(String configuration, String... parts) {
    assertThatThrownBy(
            () -> new MmConfigurations().network(json(configuration), SampleParts.TECHNIQUES))
        .isInstanceOf(InlayException.class)
        .hasMessageContainingAll(parts);
  }

  private static void refusedHead(String head, String... parts) {
    refused("{'backbone': {'type': 'Trunk'}, 'decode_head': " + head + "}", parts);
  }

  @Test
  void theSpecFollowsFromAllParts() {
    String neck = "'neck': {'type': 'Lift', 'out_channels': 7}, ";
    String auxiliary =
        "'auxiliary_head': [{'type': 'LastHead', 'num_classes': 5, 'in_index': 0, %s},"
            + " {'type': 'LastHead', 'num_classes': 5, 'channels': 3, 'in_index': -1, %s}], ";
    ConfiguredNetwork config =
        read(neck + auxiliary.formatted(NORM, NORM), "'decode_head': " + LAST);

    assertThat(config.spec())
        .hasToString("trunk(width=6) | lift(width=7) | side | side(width=3, map=-1) | last");
    assertThat(config.classes()).isEqualTo(5);
    assertThat(config.unmatched()).isEmpty();
    assertThat(config.keys().byParameter())
        .containsEntry("trunk.stem.bn.bias", "backbone.stem.bn.bias")
        .containsEntry("lift.convs.0.bias", "neck.ups.0.bias")
        .containsEntry("side-2.conv_seg.bias", "auxiliary_head.1.conv_seg.bias")
        .containsEntry("last.conv_seg.bias", "decode_head.conv_seg.bias");
  }

  @Test
  void aCascadeIsOneRunOfStages() {
    ConfiguredNetwork config =
        read(
            "[{'type': 'LastHead', 'num_classes': 4, 'in_index': 0, %s}, {'type': 'RegionsHead',"
                    .formatted(NORM)
                + " 'channels': 9, 'num_classes': 4, 'in_index': 1, %s}]".formatted(NORM));
    assertThat(config.spec()).hasToString("trunk(width=6) | regions(width=9) | last");
    assertThat(config.classes()).isEqualTo(4);
  }

  @Test
  void anAuxiliaryHeadThatNoStageIsIsNamed() {
    ConfiguredNetwork config =
        read(
            "'auxiliary_head': {'type': 'LastHead', 'factor': 2, 'num_classes': 5, 'in_index': 0, %s},"
                .formatted(NORM),
            "'decode_head': " + LAST);
    assertThat(config.spec()).hasToString("trunk(width=6) | last");
    assertThat(config.unmatched()).containsExactly("auxiliary_head.");
  }

  @Test
  void anAuxiliaryHeadThatNothingHereIsDoesNotKeepTheRestOut() {
    ConfiguredNetwork config =
        read(
            "'auxiliary_head': [{'type': 'StrangeHead', 'num_classes': 5},"
                + " {'type': 'LastHead', 'num_classes': 5, 'in_index': 0, %s}],".formatted(NORM),
            "'decode_head': " + LAST);
    assertThat(config.spec()).hasToString("trunk(width=6) | side | last");
    assertThat(config.unmatched()).containsExactly("auxiliary_head.0.");
    assertThat(config.keys().byParameter())
        .containsEntry("side.conv_seg.bias", "auxiliary_head.1.conv_seg.bias");
  }

  @Test
  void whatIsNoModelIsRefused() {
    refused("{}", "has no model with a backbone. Give mmsegmentation's");
    refused("{'model': null}", "has no model with a backbone");
    refused("{'backbone': {'type': 'Trunk'}}", "has no model with a decode_head");
    refused("{'backbone': null, 'decode_head': {}}", "has no model with a backbone");
    refused("{'backbone': 3, 'decode_head': {}}", "backbone is 3; it must be a dictionary");
    refusedHead("'x'", "decode_head is \"x\"; it must be a dictionary with a type");
    refusedHead("[1]", "decode_head is [1]; it must be");
    refusedHead("[]", "lacks num_classes");
    refusedHead("{'type': 'LastHead', %s}".formatted(NORM), "lacks num_classes");
    refusedHead(
        "{'num_classes': 5}", "A part of the model lacks the key 'type': {\"num_classes\":5}.");
  }

  @Test
  void valuesOfAnotherKindAreRefused() {
    refusedHead(
        "{'type': 'LastHead', 'num_classes': 'x'}", "does not have mmsegmentation's form", "\"x\"");
    refusedHead(
        "{'type': 'LastHead', 'num_classes': [1, 2]}", "does not have mmsegmentation's form");
    refusedHead("{'type': ['a', 'b'], 'num_classes': 5}", "does not have mmsegmentation's form");
    refusedHead("{'type': 'LastHead', 'num_classes': 0, %s}".formatted(NORM), "0");
    refusedHead(
        "{'type': 'LastHead', 'num_classes': 5, 'factor': 'y', %s}".formatted(NORM),
        "last.factor is y");
  }

  @Test
  void whatNoTechniqueIsIsNamed() {
    refusedHead(
        "{'type': 'PoleHead', 'num_classes': 5}",
        "the reference 'PoleHead'. Did you mean 'PoolHead'? Known references: LastHead,"
            + " LastHead+RegionsHead, Lift, PoolHead, Trunk");
    refusedHead(
        "{'type': 'PoolHead', 'channels': 3, 'num_classes': 5, 'gate': 1, %s}".formatted(NORM),
        "has the option gate=1, but Inlay's 'pool | last' has no such option.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "'num_classes': 2, 'out_channels': 1; 0.3",
        "'num_classes': 2, 'out_channels': 1, 'threshold': null; 0.3",
        "'num_classes': 2, 'out_channels': 1, 'threshold': 0.5; 0.5",
        "'num_classes': 1, 'threshold': 0.25; 0.25"
      })
  void oneLogitTellsTwoClassesApart(String options, double threshold) {
    String head = "{'type': 'LastHead', %s, %s}".formatted(options, NORM);

    assertThat(read(head).classes()).isEqualTo(2);
    assertThat(threshold(head)).hasValue(threshold);
  }

  @Test
  void thresholdsAreProbabilitiesOfNetworksWithOneLogit() {
    assertThat(threshold(LAST)).isEmpty();
    for (String each : List.of("0", "1", "-3", "7", "'much'")) {
      String head = "{'type': 'LastHead', 'num_classes': 1, 'threshold': %s}".formatted(each);
      assertThatThrownBy(() -> threshold(head))
          .isInstanceOf(InlayException.class)
          .hasMessageContaining("threshold");
    }
  }

  private static OptionalDouble threshold(String head) {
    return new MmConfigurations()
        .threshold(json("{'model': {'backbone': {'type': 'Trunk'}, 'decode_head': " + head + "}}"));
  }

  @Test
  void choicesAmongMapsThatALineHasNotAreRefused() {
    refusedHead(
        "{'type': 'LastHead', 'num_classes': 5, 'in_index': 0, %s}".formatted(NORM),
        "can't be written as a sequence of stages: a head reads only the maps [0] of 2.");
    refusedHead(
        "{'type': 'LastHead', 'num_classes': 5, 'in_index': 2000000000, %s}".formatted(NORM),
        "A head reads the map in_index=2000000000, but there are 2 maps.");
    refusedHead(
        "{'type': 'LastHead', 'num_classes': 5, 'in_index': -3, %s}".formatted(NORM),
        "A head reads the map in_index=-3, but there are 2 maps.");
  }

  @Test
  void aNeckReadsMapsThatAreThere() {
    String model =
        "{'backbone': {'type': 'Trunk'}, 'neck': {'type': 'Lift', 'out_channels': 7,"
            + " 'start_level': %s, 'end_level': %s}, 'decode_head': %s}";
    refused(model.formatted("2000000000", "-1", LAST), "start_level=2000000000", "but there are 2");
    refused(model.formatted("0", "2000000000", LAST), "end_level=2000000000, but there are 2");
  }
}
