package dev.inlay.cli.look;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.inlay.cli.Run;
import dev.inlay.cli.SampleJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code inlay list}. */
final class ListCommandTest {

  @TempDir private Path folder;

  private static JsonArray json(String list, String... arguments) {
    return JsonParser.parseString(Run.inlay(arguments).out())
        .getAsJsonObject()
        .getAsJsonArray(list);
  }

  @Test
  void techniquesStandByKindWithTheirSummaries() {
    Run run = Run.inlay("list");

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines().filter(line -> !line.isEmpty() && !line.startsWith(" ")))
        .startsWith("Backbones", "Context modules", "Decoders", "Objectives", "Optimizers");
    assertThat(run.out())
        .contains("short forms: resnet18, resnet34, resnet50, resnet101, resnet152\n")
        .containsPattern("  ppm +Pyramid pooling: .+\n");
  }

  @Test
  void jsonNamesEveryTechnique() {
    List<String> kinds = new ArrayList<>();
    JsonObject resnet = null;
    for (var each : json("techniques", "list", "--json")) {
      JsonObject technique = each.getAsJsonObject();
      String name = technique.get("name").getAsString();
      kinds.add(name + ": " + technique.get("kind").getAsString());
      resnet = name.equals("resnet") ? technique : resnet;
    }

    assertThat(kinds)
        .contains("resnet: backbone", "aspp: context module", "fcn: decoder")
        .contains("cross-entropy: objective", "dice: objective", "sgd: optimizer");
    assertThat(resnet.getAsJsonObject("shortForms").get("resnet50").getAsString())
        .isEqualTo("resnet(depth=50)");
  }

  @Test
  void presetsStandWithTheirSpecsNumbersBySize() {
    Run run = Run.inlay("list", "--presets");

    assertThat(run.out().lines().map(line -> line.replaceAll("  +", ": ")))
        .containsSequence(
            "pspnet_r18-d8: resnet18(stride=8) | auxiliary | ppm | fcn",
            "pspnet_r18b-d8: resnet18(stride=8, stem=plain) | auxiliary | ppm | fcn",
            "pspnet_r50-d8: resnet50(stride=8) | auxiliary | ppm | fcn",
            "pspnet_r50-d32: resnet50(stride=32, dilations=[1, 1, 2, 4]) | auxiliary | ppm | fcn",
            "pspnet_r50b-d8: resnet50(stride=8, stem=plain) | auxiliary | ppm | fcn",
            "pspnet_r50b-d32: resnet50(stride=32, dilations=[1, 1, 2, 4], stem=plain) | auxiliary"
                + " | ppm | fcn",
            "pspnet_r101-d8: resnet101(stride=8) | auxiliary | ppm | fcn");
    assertThat(json("presets", "list", "--presets", "--json").get(0).getAsJsonObject().keySet())
        .containsExactly("name", "spec", "technique");
  }

  @Test
  void brokenJarIsOneWarningAndStopsNothing() throws Exception {
    SampleJar.sound(folder, "twice");
    Files.writeString(folder.resolve("broken.jar"), "no jar");

    Run run = Run.inlay("list", "--plugins", folder.toString());

    assertThat(run.code()).isZero();
    assertThat(run.out()).containsPattern("  twice +Multiplies the last map\\.\n").contains("aspp");
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).startsWith("inlay: warning: left out broken.jar: ");
  }

  /** What a technique is, its annotations say; none of its code runs. */
  @Test
  void techniqueThatFailsIsListedAsAllOthers() throws Exception {
    SampleJar.failing(folder, "grumble");

    Run run = Run.inlay("list", "--plugins", folder.toString());

    assertThat(run.code()).isZero();
    assertThat(run.out()).containsPattern("\n  grumble +Multiplies").contains("aspp");
    assertThat(run.err()).isEmpty();
  }
}
