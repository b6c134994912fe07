package dev.inlay.contract;

import java.util.Map;

/** Two ways to write the same network must be one network, for caches and comparisons. */
final class SynonymsEqual implements Rule {

  @Override
  public String name() {
    return "synonyms";
  }

  @Override
  public String says() {
    return "Options that say the same are equal.";
  }

  @Override
  public Verdict check(Subject subject) {
    if (subject.synonyms().isEmpty()) {
      return Verdict.doesNotApply("No options are named that say the same.");
    }
    for (Map.Entry<String, String> pair : subject.synonyms().entrySet()) {
      Object written = Stated.read(subject, pair.getKey());
      Object shortest = Stated.read(subject, pair.getValue());
      if (!written.equals(shortest)) {
        return Verdict.failed(
            "(%s) and (%s)".formatted(pair.getKey(), pair.getValue()),
            "They are %s and %s.".formatted(written, shortest),
            "Bring the values into one form in the record's compact constructor.",
            "");
      }
    }
    return Verdict.passed("%d pairs".formatted(subject.synonyms().size()));
  }
}
