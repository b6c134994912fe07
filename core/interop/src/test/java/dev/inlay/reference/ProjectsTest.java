package dev.inlay.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import dev.inlay.InlayException;
import dev.inlay.project.sample.SampleProject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One more project is a class and a line for ServiceLoader; here it stands in the test tree. */
final class ProjectsTest {

  private static final ImportRequest AS_IT_SAYS =
      new ImportRequest(null, null, NameRules.NONE, false, Set.of(), null, List.of());

  @Test
  void projectsAreFoundInTheOrderOfTheirNames() {
    assertThat(Projects.all())
        .extracting(Project::name)
        .containsExactly("mmsegmentation", "sample", "torchvision");
    assertThat(Export.names()).containsExactly("mmsegmentation", "sample", "torchvision");
  }

  @Test
  void theNamesOfOneMoreProjectAreImported() {
    MemoryFile file = MemoryFile.of("trunk | lift | side | pool | last", 5, "sample");
    assertThat(file.tensors().keySet())
        .contains("body.blocks.0.bn.bias", "bridge.lifts.0.bias", "top.out.weight")
        .contains("extra.out.bias");

    ImportRequest network =
        new ImportRequest(
            SampleParts.spec("trunk | lift | side | pool | last"),
            null,
            NameRules.NONE,
            false,
            Set.of(),
            null,
            List.of());
    Transfer transfer = Import.of(file, SampleParts.TECHNIQUES, network).transfer();
    assertThat(transfer.names()).isEqualTo("sample");
    assertThat(transfer.loaded()).hasSize(transfer.parameters().size());
    assertThat(transfer.leftOut()).isEmpty();
  }

  @Test
  void theConfigurationOfOneMoreProjectSaysWhichNetworkItIs() {
    MemoryFile file =
        MemoryFile.of("trunk | last", 3, "sample")
            .text("sample.json", "{\"sample_spec\": \"trunk | last\", \"labels\": 3}")
            .text("sample.labels", "[\"road\", \"tree\", \"sky\"]");
    Import matched = Import.of(file, SampleParts.TECHNIQUES, AS_IT_SAYS);

    assertThat(matched.transfer().names()).isEqualTo("sample");
    assertThat(matched.assembly().spec()).hasToString("trunk | last");
    assertThat(matched.info().classes()).containsExactly("road", "tree", "sky");
    assertThat(matched.info().normalization()).isEqualTo(SampleProject.HALF);
  }

  @Test
  void aConfigurationOfNoProjectIsRefused() {
    assertThatThrownBy(
            () ->
                Projects.network(
                    JsonParser.parseString("{}").getAsJsonObject(), SampleParts.TECHNIQUES))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("mmsegmentation's, a model with a backbone and a decode_head")
        .hasMessageContaining("or the sample's, with a sample_spec");
  }
}
