package dev.inlay.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import dev.inlay.InlayException;
import dev.inlay.weights.ModelInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the texts of a file say about its network. */
final class FileFactsTest {

  private static final ModelInfo MODEL =
      new ModelInfo(
          "trunk | last",
          List.of("a", "b"),
          List.of("#000000", "#ff0010"),
          255,
          List.of(0.5, 0.5, 0.5),
          List.of(0.2, 0.2, 0.2),
          Map.of("miou", "0.5"));

  private static FileFacts facts(String name, String text) {
    return new FileFacts(Map.of(name, text));
  }

  @Test
  void aModelIsFoundInEveryFormat() {
    for (String begin : List.of("", "inlay.", "meta.inlay.")) {
      Map<String, String> texts = new LinkedHashMap<>();
      texts.put("meta.PALETTE", "[]");
      MODEL.toMetadata().forEach((name, text) -> texts.put(begin + name, text));
      assertThat(new FileFacts(texts).model("file")).contains(MODEL);
    }
    assertThat(facts("format", "pt").model("file")).isEmpty();
  }

  @Test
  void configurationsAreFoundWhereVersionsPutThem() {
    String python = "model = dict(type='EncoderDecoder')";
    String json = "{\"model\": {\"type\": \"EncoderDecoder\"}}";
    for (String name : List.of("config", "meta.cfg", "meta.config", "cfg")) {
      assertThat(facts(name, python).configuration())
          .contains(JsonParser.parseString(json).getAsJsonObject());
      assertThat(facts(name, "\n " + json).configuration()).isPresent();
    }
    assertThat(facts("config", "batch = 3").configuration()).isEmpty();
    assertThat(facts("other", python).configuration()).isEmpty();
  }

  @Test
  void aConfigurationThatCannotBeReadIsNamed() {
    assertThatThrownBy(() -> facts("meta.cfg", "model = open('x')").configuration())
        .isInstanceOf(InlayException.class)
        .hasMessageStartingWith("The file's own configuration, 'meta.cfg', can't be read: Line 1 ")
        .hasMessageEndingWith(". Give --config or --network.");
    String deep = "{\"model\": " + "[".repeat(100_000);
    assertThatThrownBy(() -> facts("config", deep).configuration())
        .isInstanceOf(InlayException.class)
        .hasMessageMatching(
            ".*is not JSON: Nesting limit \\d+ reached at line 1 column \\d+\\. Give .*");
    assertThatThrownBy(() -> FileFacts.configuration("[\"model\"]"))
        .hasMessage("The configuration is JSON, but not an object with a model.");
  }

  @Test
  void classesAndColoursAreFoundWhereVersionsPutThem() {
    for (String name : List.of("meta.dataset_meta.classes", "meta.CLASSES", "meta.classes")) {
      assertThat(facts(name, "[\"road\", \"car\"]").classes()).containsExactly("road", "car");
    }
    for (String name : List.of("meta.dataset_meta.palette", "meta.PALETTE", "meta.palette")) {
      assertThat(facts(name, "[[128, 64, 128], [0, 0, 255]]").palette())
          .containsExactly("#804080", "#0000ff");
    }
    assertThat(facts("meta.other", "[]").classes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "null", "{}", "3", "[null]", "[[1, 2, 3], {}]", "[{}]", "[1, [", "[[]]"})
  void listsOfAnythingElseAreNone(String text) {
    assertThat(facts("meta.CLASSES", text).classes()).isEmpty();
    assertThat(facts("meta.PALETTE", text).palette()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[[1, 2, 256]]", "[[1, 2, -1]]", "[[1, 2, 0.5]]", "[[1, 2, \"x\"]]", "[[1, 2]]"})
  void coloursAreThreeBytes(String text) {
    assertThat(facts("meta.PALETTE", text).palette()).isEmpty();
  }
}
