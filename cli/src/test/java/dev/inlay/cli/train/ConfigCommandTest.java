package dev.inlay.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.inlay.cli.DatasetFolder;
import dev.inlay.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.OptionSpec;

/** Settings of a training from defaults, recipes, files, -s and options. */
final class ConfigCommandTest {

  private static final String NETWORK = "resnet18(width=4, stride=16) | fcn";

  @TempDir Path temp;

  private static JsonObject shown(String... arguments) {
    List<String> all = new ArrayList<>(List.of("config", "show", "--json"));
    all.addAll(List.of(arguments));
    Run run = Run.inlay(all.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  private static String value(JsonObject shown, String key) {
    return shown.getAsJsonObject(key).get("value").getAsString();
  }

  private static String from(JsonObject shown, String key) {
    return shown.getAsJsonObject(key).get("from").getAsString();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(temp.resolve("run-settings.yaml"), text);
  }

  @Test
  void everyOptionOfTrainHasAKeyOrIsNoSetting() {
    for (OptionSpec option : TrainCommand.options().getCommandSpec().options()) {
      String name = option.longestName();
      assertThat(Settings.key(name).isPresent() ^ Settings.isNone(name))
          .as(
              "%s stands in one of the two lists of Settings: give it a key if it says how a training computes",
              name)
          .isTrue();
    }
  }

  @Test
  void aStrongerLayerReplacesAWeakerOne() throws IOException {
    Path file = file("data:\n  batch: 3\n  crop: 64x64\noptimizer:\n  rate: 0.3\n");

    JsonObject shown =
        shown(
            "--recipe",
            "mmsegmentation",
            "--config",
            file.toString(),
            "-s",
            "optimizer.rate=0.2",
            "--crop",
            "32x32");

    assertThat(value(shown, "train.iterations")).isEqualTo("40000");
    assertThat(from(shown, "train.iterations")).isEqualTo("recipe mmsegmentation");
    assertThat(value(shown, "data.batch")).isEqualTo("3");
    assertThat(from(shown, "data.batch")).isEqualTo(file.toString());
    assertThat(value(shown, "optimizer.rate")).isEqualTo("0.2");
    assertThat(from(shown, "optimizer.rate")).isEqualTo("-s");
    assertThat(value(shown, "data.crop")).isEqualTo("32x32");
    assertThat(from(shown, "data.crop")).isEqualTo("--crop");
    assertThat(value(shown, "train.seed")).isEqualTo("1");
    assertThat(from(shown, "train.seed")).isEqualTo("default");
    assertThat(shown.getAsJsonObject("network").get("value").isJsonNull()).isTrue();
  }

  @Test
  void whatIsPrintedIsAConfigurationFile() throws IOException {
    Run printed = Run.inlay("config", "show", "--recipe", "segformer", "--network", NETWORK);
    assertThat(printed.code()).as(printed.err()).isZero();
    assertThat(printed.out())
        .containsPattern("(?m)^network: resnet18\\(.*# --network$")
        .containsPattern("(?m)^  rate: .*6\\.0E-5.*# recipe segformer$")
        .containsPattern("(?m)^# +momentum: +# not set$");

    JsonObject again = shown("--config", file(printed.out()).toString());

    assertThat(value(again, "network")).isEqualTo(NETWORK);
    assertThat(value(again, "optimizer.spec")).isEqualTo("adamw(decay=0.01)");
    assertThat(value(again, "optimizer.no-decay")).isEqualTo("norms,biases");
  }

  static List<String> recipes() {
    return Recipes.NAMES;
  }

  /** The numbers of a recipe are read by the options that take them. */
  @ParameterizedTest
  @MethodSource("recipes")
  void aRecipeTrains(String recipe) throws IOException {
    DatasetFolder data = DatasetFolder.write(temp.resolve("data"), 4, 2);
    Path out = temp.resolve("out");
    Run run =
        Run.inlay(
            "train",
            "--recipe",
            recipe,
            "--network",
            NETWORK,
            "--data",
            data.path().toString(),
            "--out",
            out.toString(),
            "-s",
            "train.iterations=1",
            "-s",
            "data.batch=2",
            "-s",
            "train.evaluate-every=1",
            "--crop",
            "32x32");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(Run.inlay("config", "recipes").out()).contains(recipe);
    JsonObject again = shown("--config", out.resolve("run.yaml").toString());
    assertThat(value(again, "data.batch")).isEqualTo("2");
    assertThat(value(again, "data.scale")).isEqualTo("0.5-2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      `optimiser: {rate: 1}`   | has the setting 'optimiser.rate', which does not exist. Did you mean 'optimizer.rate'?
      `rate: 1`                | has the setting 'rate', which does not exist. Did you mean 'optimizer.rate'?
      `data: {batch: many}`    | has the setting data.batch=many, which --batch does not take:
      `data: {batch: [1, 2]}`  | the setting 'data.batch' is '[1, 2]', but must be one value.
      `seed: 1\nseed: 2`       | is not YAML: found duplicate key seed.
      `[1, 2]`                 | holds '[1, 2]', but must hold settings by key.
      `data: {`                | is not YAML:
      ``                       | is empty. Write settings into it as 'inlay config show' prints them.
      `architecture: x`        | has the setting 'architecture', which does not exist. 'inlay config show' prints
      """)
  void aWrongFileIsOneMessage(String text, String message) throws IOException {
    Path file = file(text.replace("\\n", "\n"));

    Run run = Run.inlay("config", "show", "--config", file.toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(file.toString()).contains(message).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      -s rate                                    | -s is 'rate', but must be a setting and its value
      -s optimizer.rat=1                         | -s optimizer.rat=1 has the setting 'optimizer.rat', which does not exist. Did you mean 'optimizer.rate'?
      -s data.batch=2.5                          | -s has the setting data.batch=2.5, which --batch does not take
      --recipe mmseg                             | --recipe is 'mmseg', but the recipes are mmsegmentation,
      --config nowhere.yaml                      | nowhere.yaml
      --recipe torchvision --recipe segformer    | --recipe is given 2 times (torchvision, segformer), but can be given once.
      """)
  void aWrongOptionIsOneMessage(String options, String message) {
    List<String> arguments = new ArrayList<>(List.of("config", "show"));
    arguments.addAll(List.of(options.split(" ")));

    Run run = Run.inlay(arguments.toArray(String[]::new));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message).doesNotContain("\tat ");
  }
}
