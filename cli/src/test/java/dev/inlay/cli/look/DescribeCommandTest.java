package dev.inlay.cli.look;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.inlay.cli.Run;
import dev.inlay.cli.SampleJar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code inlay describe}. */
final class DescribeCommandTest {

  @TempDir private Path folder;

  @Test
  void contextModuleIsDescribedAfterAResNet50() {
    Run run = Run.inlay("describe", "aspp");

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("aspp: context module\n  Atrous spatial pyramid pooling")
        .contains("\nPaper\n  Chen et al., Rethinking Atrous Convolution")
        .contains("\n  https://arxiv.org/abs/1706.05587\n")
        .contains("\n  rates=[6, 12, 18]  (list of whole numbers)\n      dilation of each")
        .contains(
            """

            Shapes, after a ResNet-50 of stride 8, with 19 classes
              in   (B,256,H/4,W/4) (B,512,H/8,W/8) (B,1024,H/8,W/8) (B,2048,H/8,W/8)
              out  (B,256,H/4,W/4) (B,512,H/8,W/8) (B,1024,H/8,W/8) (B,256,H/8,W/8)
            """)
        .contains("\nExample\n  resnet50(stride=8) | auxiliary | aspp(rates=[12, 24, 36]) | fcn\n")
        .contains("\nPresets\n  deeplabv3_r18-d8 ")
        .contains("\nFrom\n  class path entry ");
  }

  @Test
  void sideOutputsStandWithObjectiveAndWeight() {
    assertThat(Run.inlay("describe", "auxiliary").out())
        .contains(
            "\nOnly while training\n  auxiliary  (B,19,H/8,W/8)  cross-entropy, weight 0.4\n");
  }

  @Test
  void backboneIsDescribedFromTheImage() {
    assertThat(Run.inlay("describe", "resnet18").out())
        .startsWith("resnet18: backbone, short for resnet(depth=18)\n")
        .contains("  in   (B,3,H,W)\n")
        .contains("  out  (B,64,H/4,W/4) (B,128,H/8,W/8) (B,256,H/8,W/8) (B,512,H/8,W/8)\n");
  }

  @Test
  void decoderIsDescribedToTheImagesSize() {
    assertThat(Run.inlay("describe", "fcn").out()).contains("  out  (B,19,H/8,W/8) (B,19,H,W)\n");
  }

  @Test
  void objectiveIsDescribedInWords() {
    assertThat(Run.inlay("describe", "cross-entropy").out())
        .startsWith("cross-entropy: objective\n")
        .contains("class ids (B,H,W)", "  out  a number\n");
    assertThat(Run.inlay("describe", "dice").out())
        .startsWith("dice: objective\n")
        .contains("Milletari et al., V-Net", "\n  smooth=0.0  (number)\n")
        .contains("\nExample\n  0.5*dice(smooth=1) + cross-entropy\n");
  }

  @Test
  void presetIsDescribedStageByStage() {
    Run run = Run.inlay("describe", "pspnet_r50-d8");

    assertThat(run.out())
        .startsWith("pspnet_r50-d8: a network\n  resnet50 | auxiliary | ppm | fcn\n")
        .contains("\n  ppm\n    Pyramid pooling")
        .contains("(B,512,H/8,W/8)\n  fcn\n");
  }

  @Test
  void jsonHoldsTheSame() {
    JsonObject about =
        JsonParser.parseString(Run.inlay("describe", "auxiliary", "--json").out())
            .getAsJsonObject();

    assertThat(about.get("name").getAsString()).isEqualTo("auxiliary");
    assertThat(about.get("shortFormOf").isJsonNull()).isTrue();
    assertThat(about.getAsJsonObject("paper").get("url").getAsString())
        .isEqualTo("https://arxiv.org/abs/1612.01105");
    assertThat(about.getAsJsonArray("options").get(4).toString())
        .isEqualTo(
            "{\"name\":\"weight\",\"type\":\"number\",\"defaultValue\":\"0.4\","
                + "\"meaning\":\"weight of this head's loss\"}");
    assertThat(about.getAsJsonArray("trainingOnly").toString())
        .isEqualTo(
            "[{\"name\":\"auxiliary\",\"shape\":\"(B,19,H/8,W/8)\","
                + "\"objective\":\"cross-entropy\",\"weight\":0.4}]");
    JsonObject preset =
        JsonParser.parseString(Run.inlay("describe", "fcn_r18-d8", "--json").out())
            .getAsJsonObject();
    assertThat(preset.getAsJsonArray("stages")).hasSize(3);
  }

  @Test
  void anOptimizerMovesWeights() {
    assertThat(Run.inlay("describe", "sgd").out())
        .startsWith("sgd: optimizer\n")
        .contains("Shapes, from a weight and its gradient to the next weight\n")
        .contains("  momentum=0.9  (number)\n", "  decay=5.0e-4  (number)\n")
        .contains("\n  in   a weight of any shape, its gradient and the learning rate\n");
  }

  private static List<String> networkTechniques() {
    List<String> names = new ArrayList<>();
    for (JsonElement each :
        JsonParser.parseString(Run.inlay("list", "--json").out())
            .getAsJsonObject()
            .getAsJsonArray("techniques")) {
      JsonObject technique = each.getAsJsonObject();
      if (!List.of("objective", "optimizer").contains(technique.get("kind").getAsString())) {
        names.add(technique.get("name").getAsString());
      }
    }
    return names;
  }

  @ParameterizedTest
  @MethodSource("networkTechniques")
  void everyTechniqueOfInlayFitsAndExplainsItsOptions(String name) {
    Run run = Run.inlay("describe", name);

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("\n  in   (B,", "\n  out  (B,", "\nExample\n");
    assertThat(run.out())
        .doesNotContainPattern("\n  \\w+=[^\n]*\\)\n  \\w+=")
        .doesNotContain("does not fit");
  }

  @Test
  void unknownNameIsRefusedWithTheNearestAndWhereWasLooked() {
    Run run = Run.inlay("describe", "asp");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            "inlay: No technique, short form or preset is named 'asp'. Did you mean 'aspp'?"
                + " Techniques: ")
        .contains(", aspp, ", ", spnet, ", ", tversky. Looked on the class path.");
    assertThat(Run.inlay("describe", "pspnet_r50").err()).contains("Did you mean 'pspnet_r50-d8'?");
  }

  @Test
  void pluginIsDescribedWithItsJar() throws Exception {
    SampleJar.sound(folder, "twice");

    assertThat(Run.inlay("describe", "twice", "--plugins", folder.toString()).out())
        .contains("  factor=2.0  (number)\n      what the map is multiplied with\n")
        .contains("\nFrom\n  plugin jar twice.jar\n");
  }

  /** What its annotations say is told all the same. */
  @Test
  void techniqueThatFailsSaysInsteadOfItsShapesWhy() throws Exception {
    SampleJar.failing(folder, "grumble");

    Run run = Run.inlay("describe", "grumble", "--plugins", folder.toString());

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("It does not fit a ResNet-50's maps: ", "'grumble'", "grumble.jar", "not today")
        .contains("Options factor=2.0 (number)");
  }
}
