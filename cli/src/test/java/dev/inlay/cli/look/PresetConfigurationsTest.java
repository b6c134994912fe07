package dev.inlay.cli.look;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.inlay.InlayException;
import dev.inlay.Technique;
import dev.inlay.reference.Projects;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That mmsegmentation's configurations are the presets of their names, however they say it. */
final class PresetConfigurationsTest {

  private static final Techniques TECHNIQUES = techniques();

  private static Techniques techniques() {
    List<Techniques.Entry> entries = new ArrayList<>();
    for (Technique<?> technique : ServiceLoader.load(Technique.class)) {
      entries.add(new Techniques.Entry(technique, "class path"));
    }
    return Techniques.of(entries);
  }

  private static JsonObject configurations() {
    String name = "/reference-configurations.json";
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(PresetConfigurationsTest.class.getResourceAsStream(name)),
            UTF_8)) {
      return JsonParser.parseReader(reader).getAsJsonObject();
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }

  static Set<String> presets() {
    return configurations().keySet();
  }

  private static JsonObject configuration(String preset) {
    return configurations().getAsJsonObject(preset);
  }

  private static NetworkSpec spec(JsonObject configuration) {
    return Projects.network(configuration, TECHNIQUES).spec();
  }

  @ParameterizedTest
  @MethodSource("presets")
  void aConfigurationIsThePresetOfItsName(String preset) {
    NetworkSpec spec = spec(configuration(preset));

    assertThat(spec).isEqualTo(NetworkSpec.parse(preset, TECHNIQUES));
    assertThat(spec.preset(TECHNIQUES)).contains(preset);
  }

  /** As its configurations for crops of 769 pixels. */
  @Test
  void whatDiffersFromThePresetShows() {
    JsonObject configuration = configuration("pspnet_r50-d8");
    for (String head : List.of("decode_head", "auxiliary_head")) {
      configuration.getAsJsonObject(head).addProperty("align_corners", true);
    }

    NetworkSpec spec = spec(configuration);

    assertThat(spec)
        .hasToString("resnet50 | auxiliary | ppm(alignCorners=true) | fcn(alignCorners=true)");
    assertThat(spec.preset(TECHNIQUES)).isEmpty();
  }

  @Test
  void whatOnlyTrainingUsesIsTakenOver() {
    JsonObject configuration = configuration("pspnet_r50-d8");
    configuration.getAsJsonObject("decode_head").addProperty("dropout_ratio", -1);
    JsonObject auxiliary = configuration.getAsJsonObject("auxiliary_head");
    auxiliary.addProperty("dropout_ratio", 0.2);
    JsonArray losses = new JsonArray();
    losses.add(JsonParser.parseString("{\"type\": \"DiceLoss\", \"loss_weight\": 3.0}"));
    losses.add(JsonParser.parseString("{\"type\": \"CrossEntropyLoss\", \"loss_weight\": 0.8}"));
    auxiliary.add("loss_decode", losses);

    assertThat(spec(configuration))
        .hasToString("resnet50 | auxiliary(weight=0.8, dropout=0.2) | ppm | fcn(dropout=0.0)");
  }

  @Test
  void weightsOfCoarseAndOfPresenceLossesAreTakenOver() {
    JsonObject coarse = configuration("ocrnet_hr18s");
    coarse.getAsJsonArray("decode_head").get(0).getAsJsonObject().remove("loss_decode");
    JsonObject presence = configuration("encnet_r50s-d8");
    presence
        .getAsJsonObject("decode_head")
        .getAsJsonObject("loss_se_decode")
        .addProperty("loss_weight", 0.5);

    assertThat(spec(coarse).toString()).contains(" | ocr(", "weight=1.0");
    assertThat(spec(presence).toString()).contains(" | encoding(weight=0.5) | ");
  }

  @Test
  void whatIsNoNumberIsRefused() {
    JsonObject ratio = configuration("pspnet_r50-d8");
    ratio.getAsJsonObject("decode_head").addProperty("dropout_ratio", "much");
    JsonObject weight = configuration("pspnet_r50-d8");
    weight
        .getAsJsonObject("auxiliary_head")
        .getAsJsonObject("loss_decode")
        .add("loss_weight", new JsonArray());
    JsonObject classes = configuration("pspnet_r50-d8");
    classes.getAsJsonObject("decode_head").addProperty("num_classes", "many");

    assertThatThrownBy(() -> spec(ratio))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("dropout");
    assertThatThrownBy(() -> spec(weight))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("weight");
    assertThatThrownBy(() -> spec(classes))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("does not have mmsegmentation's form")
        .hasMessageContaining("many");
  }

  @Test
  void aHeadThatNoTechniqueIsHasAWayOutThatFitsImport() {
    JsonObject configuration = configuration("pspnet_r50-d8");
    configuration.getAsJsonObject("decode_head").addProperty("type", "PointHead");

    assertThatThrownBy(() -> spec(configuration))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("the reference 'PointHead'")
        .hasMessageContaining("--network")
        .hasMessageNotContaining("--stage");
  }
}
