package dev.inlay.contract;

/** A rule that works element by element serves all parameters with one operation each. */
final class RunsOnLists implements Rule {

  @Override
  public String name() {
    return "lists";
  }

  @Override
  public String says() {
    return "The rule runs on all parameters at once if it works element by element.";
  }

  @Override
  public Verdict check(Subject subject) {
    boolean all = true;
    for (String options : subject.samples()) {
      TrialOptimizer trial = TrialOptimizer.of(subject, options);
      boolean lists = trial.runsOnLists();
      all &= lists;
      if (subject.runsOnLists().filter(wanted -> wanted != lists).isPresent()) {
        return Verdict.failed(
            trial.toString(),
            lists ? "It runs on lists." : "It does not run on lists: steps are slow.",
            "Use elementwise methods and numbers alone, without reductions and shapes; or let runsOnLists of the test say what is so.",
            trial.line());
      }
    }
    return all
        ? Verdict.passed("on lists")
        : Verdict.remarked(
            "one by one",
            "Each parameter is updated by itself, because the rule is not elementwise; steps take longer.");
  }
}
