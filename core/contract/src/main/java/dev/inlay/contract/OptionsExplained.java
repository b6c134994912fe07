package dev.inlay.contract;

import dev.inlay.spec.OptionDescription;
import java.util.List;

/** An option has a default, or the technique could not be named alone; users read its meaning. */
final class OptionsExplained implements Rule {

  @Override
  public String name() {
    return "options";
  }

  @Override
  public String says() {
    return "Every option has a meaning and a default.";
  }

  @Override
  public Verdict check(Subject subject) {
    List<OptionDescription> options = OptionDescription.all(subject.technique());
    for (OptionDescription option : options) {
      if (option.meaning().isBlank()) {
        return Verdict.failed(
            option.name(),
            "The option '%s' has no meaning.".formatted(option.name()),
            "Write what it is, with its unit, as the value of its @Option.",
            "");
      }
    }
    return Verdict.passed("%d options".formatted(options.size()));
  }
}
