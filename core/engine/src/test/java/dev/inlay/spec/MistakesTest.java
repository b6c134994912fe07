package dev.inlay.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The exact message of every kind of mistake in a spec, with its place. */
final class MistakesTest {

  /** In mistakes.txt, lines that begin with {@code >} are a spec, and those after it the error. */
  @TestFactory
  Stream<DynamicTest> everyMistakeIsShownAtItsPlace() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String block : cases()) {
      String spec = lines(block, true);
      String error = lines(block, false);
      tests.add(
          DynamicTest.dynamicTest(
              spec,
              () ->
                  assertThatThrownBy(() -> NetworkSpec.parse(spec, Samples.TECHNIQUES))
                      .isInstanceOf(InlayException.class)
                      .hasMessage(error)));
    }
    assertThat(tests).hasSizeGreaterThan(100);
    return tests.stream();
  }

  @Test
  void theEmptySpecHasNoPlaceToShow() {
    for (String empty : List.of("", "  \t\n ")) {
      assertThat(mistake(empty))
          .isEqualTo("The spec is empty; a spec reads: backbone | context modules... | decoder.");
    }
  }

  @Test
  void tabsAndLineBreaksBecomeSpacesSoThatCaretsStandRight() {
    assertThat(mistake("resnet50\u00a0|\taspp(rate=1)\r\n|\n\tfcn"))
        .isEqualTo(
            """
            'aspp' has no option 'rate'. Did you mean 'rates'? \
            Options: rates=[6, 12, 18], channels=256, dropout=0.1.
              resnet50 | aspp(rate=1)  |  fcn
                              ^^^^""");
  }

  @Test
  void charactersThatATerminalWouldObeyAreNotShown() {
    assertThat(mistake("resnet50 | \u001b[31maspp | fcn"))
        .isEqualTo(
            """
            Expected the name of a technique, found '\uFFFD'.
              resnet50 | \uFFFD[31maspp | fcn
                         ^""");
    assertThat(mistake("resnet50 | \u202efcn")).contains("found '\uFFFD' (U+202E)");
  }

  @Test
  void yamlRefusesTabsAndControlCharacters() {
    assertThat(mistake("- resnet50\n-\tfcn"))
        .startsWith("This is not YAML: found character '\\t(TAB)' that cannot start any token.")
        .endsWith("\n  line 2: - fcn\n           ^");
    assertThat(mistake("- resnet50\r\n- a\u0001\n- fcn"))
        .isEqualTo(
            """
            The character U+0001 may not stand in YAML; leave it out.
              line 2: - a\uFFFD
                         ^""");
  }

  @Test
  void aSpecThatIsNoSpecIsRefusedBeforeItIsRead() {
    assertThat(mistake("x".repeat(100_001)))
        .isEqualTo("The spec has 100001 characters; it may have at most 100000.");
  }

  @Test
  void deepYamlIsRefusedAtTheFirstLevelThatASpecLacks() {
    assertThat(mistake("- ".repeat(1) + "[".repeat(50_000))).startsWith("A stage is a list here;");
    assertThat(mistake("- fcn: {x: " + "[".repeat(50_000))).startsWith("The list of 'x' holds");
  }

  @Test
  void longWordsAreCutInMessages() {
    String word = "x".repeat(90_000);
    assertThat(mistake(word)).hasSizeLessThan(600);
    assertThat(mistake("resnet50 | aspp(" + word + ") | fcn")).hasSizeLessThan(600);
    assertThat(mistake("resnet50 | aspp(" + word + "=1) | fcn")).hasSizeLessThan(600);
    assertThat(mistake("resnet50 | aspp(rates=" + word + ") | fcn")).hasSizeLessThan(600);
  }

  @Test
  void whoeverNamesAnUnknownTechniqueIsToldWhereWasLooked() {
    Techniques few =
        Samples.techniques(
            "Looked in plugins (2 jars). Refused: jpu.jar, which is corrupt.",
            Samples.RESNET_BACKBONE,
            Samples.FCN);
    assertThatThrownBy(() -> NetworkSpec.parse("resnet50 | jpu | fcn", few))
        .hasMessage(
            """
            No technique is named 'jpu'. Context modules: there are none. \
            Looked in plugins (2 jars). Refused: jpu.jar, which is corrupt.
              resnet50 | jpu | fcn
                         ^^^""");
    assertThatThrownBy(() -> NetworkSpec.parse("psp_net", few))
        .hasMessageContaining("lost_r18, pspnet_r50-d8. Looked in plugins (2 jars).");
  }

  @Test
  void aNetworkMadeInCodeKeepsTheSameOrder() {
    NetworkSpec.Stage<?> backbone = stage("resnet18 | fcn", 0);
    NetworkSpec.Stage<?> decoder = stage("resnet18 | fcn", 1);
    assertThatThrownBy(() -> new NetworkSpec(List.of(), Samples.TECHNIQUES))
        .hasMessage("The spec is empty; a spec reads: backbone | context modules... | decoder.");
    assertThatThrownBy(() -> new NetworkSpec(List.of(backbone), Samples.TECHNIQUES))
        .hasMessageStartingWith("'resnet' stands alone, but a network needs a backbone");
    assertThatThrownBy(() -> new NetworkSpec(List.of(decoder, backbone), Samples.TECHNIQUES))
        .hasMessageStartingWith("'fcn' stands where a backbone must stand;");
  }

  private static NetworkSpec.Stage<?> stage(String spec, int place) {
    return NetworkSpec.parse(spec, Samples.TECHNIQUES).stages().get(place);
  }

  private static String mistake(String spec) {
    try {
      return "no mistake: " + NetworkSpec.parse(spec, Samples.TECHNIQUES);
    } catch (InlayException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static String[] cases() throws IOException {
    try (InputStream stream = MistakesTest.class.getResourceAsStream("mistakes.txt")) {
      byte[] bytes = Objects.requireNonNull(stream, "mistakes.txt").readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).strip().split("\n\n", -1);
    }
  }

  private static String lines(String block, boolean ofSpec) {
    return Arrays.stream(block.split("\n", -1))
        .filter(line -> line.startsWith("> ") == ofSpec)
        .map(line -> ofSpec ? line.substring(2) : line)
        .collect(Collectors.joining("\n"));
  }
}
