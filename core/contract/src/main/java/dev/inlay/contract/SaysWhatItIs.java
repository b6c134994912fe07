package dev.inlay.contract;

import dev.inlay.Technique;
import dev.inlay.spec.Metadata;
import java.util.Set;

/** The list of techniques shows the summary, and the description the example. */
final class SaysWhatItIs implements Rule {

  @Override
  public String name() {
    return "summary";
  }

  @Override
  public String says() {
    return "The technique has a summary of one sentence, and an example that uses it.";
  }

  @Override
  public Verdict check(Subject subject) {
    Technique<?> technique = subject.technique();
    Metadata metadata = Metadata.of(technique);
    if (metadata.summary().isBlank() || !metadata.summary().endsWith(".")) {
      return Verdict.failed(
          "@Named",
          "The summary is '%s'; it must be a sentence that ends with a full stop."
              .formatted(metadata.summary()),
          "Write what the technique computes, as in @Named(value = \"%s\", says = \"Pools by regions.\")."
              .formatted(technique.name()),
          "");
    }
    Set<String> own = SpecWords.own(technique);
    boolean used =
        SpecWords.stages(metadata.example()).map(SpecWords::name).anyMatch(own::contains);
    return used
        ? Verdict.passed(metadata.example())
        : Verdict.failed(
            technique.name() + ".yaml",
            "The example is '%s'; it must be a spec that names '%s'."
                .formatted(metadata.example(), technique.name()),
            "Write a line 'example: SPEC' in the resource %s.yaml beside the class."
                .formatted(technique.name()),
            "");
  }
}
