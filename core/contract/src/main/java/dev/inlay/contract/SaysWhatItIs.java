package dev.inlay.contract;

import dev.inlay.InlayException;
import dev.inlay.Objective;
import dev.inlay.Technique;
import dev.inlay.assemble.Assembly;
import dev.inlay.spec.Metadata;
import dev.inlay.spec.NetworkSpec;
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
    return used || supervises(subject, metadata.example())
        ? Verdict.passed(metadata.example())
        : Verdict.failed(
            technique.name() + ".yaml",
            "The example is '%s'; it must be a spec that names '%s'."
                .formatted(metadata.example(), technique.name()),
            "Write a line 'example: SPEC' in the resource %s.yaml beside the class."
                .formatted(technique.name()),
            "");
  }

  /** Whether a network of the example has a side output that this objective supervises. */
  private static boolean supervises(Subject subject, String example) {
    if (!(subject.technique() instanceof Objective)) {
      return false;
    }
    String name = subject.technique().name();
    try {
      NetworkSpec spec = NetworkSpec.parse(example, subject.techniques());
      return Assembly.of(spec, TrialNetwork.CLASSES).sides().values().stream()
          .flatMap(side -> side.objective().terms().stream())
          .anyMatch(term -> term.objective().name().equals(name));
    } catch (InlayException e) {
      return false; // What cannot be read or assembled here supervises nothing.
    }
  }
}
