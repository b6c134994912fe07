package dev.inlay.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The file beside a technique's class; a YAML parser reads the same from it. */
final class TechniqueFileTest {

  private static final String TEXT =
      """
      # All that is only data.
      example: resnet50(stride=8) | ppm(bins=[1, 2]) | fcn

      presets:
        # The usual ones.
        pspnet_r50-d8: resnet50(stride=8) | ppm | fcn
        pspnet_r18-d8: resnet18(stride=8) | ppm(bins=[1, 2, 3]) | fcn
      references:
      - mmsegmentation: PSPHead
        is: "ppm(bins={pool_scales=[1, 2, 3, 6]})"
      shortForms:
        ppm2: ppm(bins=[2])
      """;

  @Test
  void sectionsAreReadInAnyOrder() {
    TechniqueFile file = TechniqueFile.parse("ppm.yaml", TEXT);
    assertThat(file.example()).isEqualTo("resnet50(stride=8) | ppm(bins=[1, 2]) | fcn");
    assertThat(file.presets())
        .containsExactly(
            Map.entry("pspnet_r50-d8", "resnet50(stride=8) | ppm | fcn"),
            Map.entry("pspnet_r18-d8", "resnet18(stride=8) | ppm(bins=[1, 2, 3]) | fcn"));
    assertThat(file.shortForms()).containsExactly(Map.entry("ppm2", "ppm(bins=[2])"));
  }

  @Test
  void otherReadersOfYamlSeeTheSame() {
    TechniqueFile file = TechniqueFile.parse("ppm.yaml", TEXT);
    Map<String, Object> tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(TEXT);
    assertThat(tree)
        .containsEntry("example", file.example())
        .containsEntry("presets", file.presets())
        .containsEntry("shortForms", file.shortForms());
  }

  @Test
  void referencesAreHandedOnAtTheLinesThatTheyHave() {
    assertThat(TechniqueFile.parse("ppm.yaml", TEXT).references())
        .isEqualTo(
            """







            references:
            - mmsegmentation: PSPHead
              is: "ppm(bins={pool_scales=[1, 2, 3, 6]})"
            """);
    assertThat(TechniqueFile.parse("ppm.yaml", "example: a | b").references()).isEmpty();
  }

  @Test
  void aTechniqueWithoutAFileHasNoSections() {
    Metadata none = Metadata.of(Samples.FCN);
    assertThat(none.example()).isEmpty();
    assertThat(none.presets()).isEmpty();
    assertThat(none.shortForms()).isEmpty();
    assertThat(Metadata.of(Samples.RESNET_BACKBONE).presets()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "preset:@line 1, has the section 'preset'; the sections are: example, presets, shortForms,"
            + " references.",
        "example@line 1, has the section 'example'; the sections are: example, presets, shortForms,"
            + " references.",
        "example:@line 1, has the value ''; write a spec on the same line, without quotes.",
        "example: \"a | b\"@line 1, has the value '\"a | b\"'; write a spec on the same line,"
            + " without quotes.",
        "example: a | b # so@line 1, has the value 'a | b # so'; write a spec on the same line,"
            + " without quotes.",
        "presets: {}@line 1, has a value behind 'presets:'; write one name and its spec a line"
            + " below it.",
        "presets:/  a@line 2, says 'a'; a line is a section's name, or a name and its spec:"
            + " '  name: spec'.",
        "/  a: b@line 2, says 'a: b'; a line is a section's name, or a name and its spec:"
            + " '  name: spec'.",
        "presets:/  a: b/  a: c@line 3, has the name 'a' twice in 'presets'; keep one of them.",
        "presets:/  a: b/presets:@line 3, has the section 'presets' twice; keep one of them.",
      },
      quoteCharacter = '`')
  void anotherFormIsRefusedAtItsLine(String text, String message) {
    assertThatThrownBy(() -> TechniqueFile.parse("ppm.yaml", text.replace('/', '\n')))
        .isInstanceOf(InlayException.class)
        .hasMessage("ppm.yaml, " + message);
  }
}
