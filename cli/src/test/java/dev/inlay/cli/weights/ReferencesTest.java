package dev.inlay.cli.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.Counterpart.OfProject;
import dev.inlay.Reference;
import dev.inlay.Technique;
import dev.inlay.reference.Projects;
import dev.inlay.reference.References;
import dev.inlay.reference.SpecTemplate;
import dev.inlay.spec.Techniques;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** That the references of the techniques that ship name what there is, and all of it. */
final class ReferencesTest {

  private static final Techniques TECHNIQUES = techniques();
  private static final References REFERENCES = References.of(TECHNIQUES, "");

  private static Techniques techniques() {
    List<Techniques.Entry> entries = new ArrayList<>();
    for (Technique<?> technique : ServiceLoader.load(Technique.class)) {
      entries.add(new Techniques.Entry(technique, "class path"));
    }
    return Techniques.of(entries);
  }

  @Test
  void mostTechniquesHaveReferences() {
    assertThat(TECHNIQUES.all().stream().filter(each -> !REFERENCES.of(each).isEmpty()))
        .hasSizeGreaterThanOrEqualTo(19);
  }

  @Test
  void everyProjectIsKnown() {
    for (Technique<?> technique : TECHNIQUES.all()) {
      for (Reference each : REFERENCES.of(technique)) {
        if (each.counterpart() instanceof OfProject part) {
          assertThat(Projects.find(part.project())).as("%s", each).isPresent();
        }
      }
    }
  }

  @Test
  void everyStageIsATechniqueAndOneOfThemTheTechniqueItself() {
    for (Technique<?> technique : TECHNIQUES.all()) {
      for (Reference each : REFERENCES.of(technique)) {
        List<String> stages = new SpecTemplate(each.stages()).techniques();
        assertThat(stages).as("%s", each).contains(technique.name());
        assertThat(stages).allSatisfy(name -> assertThat(TECHNIQUES.find(name)).isPresent());
      }
    }
  }

  @Test
  void partsAreThoseThatReferencesName() {
    for (Technique<?> technique : TECHNIQUES.all()) {
      Set<String> named = new TreeSet<>();
      REFERENCES.of(technique).stream()
          .map(Reference::part)
          .filter(Objects::nonNull)
          .forEach(named::add);
      assertThat(technique.parts().keySet()).as(technique.name()).isEqualTo(named);
    }
  }
}
