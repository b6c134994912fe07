package dev.inlay.contract;

import dev.inlay.InlayException;
import dev.inlay.Technique;
import dev.inlay.spec.Metadata;
import dev.inlay.spec.NetworkSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Only the technique's own stages: whole networks may need techniques that are not here. */
final class OwnSpecsRead implements Rule {

  @Override
  public String name() {
    return "presets";
  }

  @Override
  public String says() {
    return "The technique's own stages in its example, presets and short forms can be read.";
  }

  @Override
  public Verdict check(Subject subject) {
    Technique<?> technique = subject.technique();
    Metadata metadata = Metadata.of(technique);
    List<String> specs = new ArrayList<>(metadata.presets().values());
    specs.addAll(metadata.shortForms().values());
    Set<String> names = SpecWords.own(technique);
    int read = 0;
    for (String spec : specs) {
      List<String> own =
          SpecWords.stages(spec).filter(each -> names.contains(SpecWords.name(each))).toList();
      if (own.isEmpty()) {
        return failed(subject, spec, "No stage of '%s' is '%s'.".formatted(spec, technique.name()));
      }
      for (String stage : own) {
        read++;
        try {
          List<NetworkSpec.Stage<?>> stages = NetworkSpec.parseStages(stage, subject.techniques());
          if (stages.get(0).technique().getClass() != technique.getClass()) {
            return failed(subject, spec, "'%s' is another technique.".formatted(stage));
          }
        } catch (InlayException e) {
          return failed(subject, spec, FailureWords.found(e));
        }
      }
    }
    return Verdict.passed("%d stages of %d specs".formatted(read, specs.size()));
  }

  private static Verdict failed(Subject subject, String tried, String found) {
    return Verdict.failed(
        tried,
        found,
        "Correct the spec in the resource %s.yaml beside the class."
            .formatted(subject.technique().name()),
        "");
  }
}
