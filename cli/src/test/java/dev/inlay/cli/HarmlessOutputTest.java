package dev.inlay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.inlay.cli.common.HarmlessWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes from elsewhere neither moves the cursor nor fills the screen. */
final class HarmlessOutputTest {

  @TempDir private Path folder;

  /** Characters that steer a terminal: control characters of both blocks, and directions. */
  static Stream<String> harmful() {
    return Stream.of(
            "\u001b[2J", "\u001b]0;t\u0007", "\u0007", "\b", "\r", "\u007f", "\u009b31m", "\u0085")
        .flatMap(s -> Stream.of(s, "\u202e" + s, "\u2066" + s, s + "\u200f"));
  }

  private static void isHarmless(String text) {
    assertThat(text.replaceAll("[\n\t]", "")).doesNotContainPattern("[\\p{Cc}\u200e\u200f\u061c]");
    assertThat(text).doesNotContainPattern("[\u2028-\u202e\u2066-\u2069]");
  }

  @ParameterizedTest
  @MethodSource("harmful")
  void namesOfJarsAndWordsOfTheUser(String harmful) throws Exception {
    Files.writeString(folder.resolve("a%sb.jar".formatted(harmful)), "no jar");
    for (String command : new String[] {"list", "plugins"}) {
      Run run = Run.inlay(command, "--plugins", folder.toString());
      assertThat(run.code()).isZero();
      isHarmless(run.out() + run.err());
      assertThat(run.out() + run.err()).containsPattern("a.*b\\.jar");
    }
    Run run = Run.inlay("summary", "x" + harmful, "--debug");
    assertThat(run.code()).isEqualTo(2);
    isHarmless(run.err());
    Run unknown = Run.inlay("sum" + harmful);
    assertThat(unknown.code()).isEqualTo(2);
    isHarmless(unknown.err());
  }

  @Test
  void jsonIsTheSameJson() throws Exception {
    String name = "é東京\u001b[2J\u202e\u009b\u007f\"\\.jar";
    Files.writeString(folder.resolve(name), "no jar");
    Run run = Run.inlay("plugins", "--json", "--plugins", folder.toString());
    isHarmless(run.out());
    assertThat(
            JsonParser.parseString(run.out())
                .getAsJsonObject()
                .getAsJsonArray("refused")
                .get(0)
                .getAsJsonObject()
                .get("path")
                .getAsString())
        .isEqualTo(folder.resolve(name).toAbsolutePath().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"é", "東京", "ß und ſ", "क्‍ष", "👩‍🚀", "العربية", "a\tb"})
  void lettersOfAllLanguagesStay(String text) {
    StringWriter out = new StringWriter();
    try (PrintWriter writer = HarmlessWriter.before(new PrintWriter(out))) {
      writer.println(text);
      writer.print(text + "\r\n");
      writer.print("x\r");
    }
    assertThat(out).hasToString(text + System.lineSeparator() + text + "\r\nx\\u000d");
  }

  @Test
  void whatIsMegabytesLongIsShortened() {
    Run run = Run.inlay("describe", "x".repeat(2_000_000));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).hasSizeLessThan(12_000);
    Run debug = Run.inlay("bench", "x".repeat(2_000_000), "--debug");
    assertThat(debug.err()).hasSizeLessThan(60_000);
  }
}
