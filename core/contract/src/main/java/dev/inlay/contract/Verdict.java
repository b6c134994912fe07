package dev.inlay.contract;

/**
 * What came of a rule for one technique.
 *
 * @param tried what was tried, such as a spec with the size of the images
 * @param found for a failure, the value and the rule; else a remark, or the reason why the rule
 *     does not apply; may be empty
 * @param advice what the author should do about a failure; empty otherwise
 * @param line the author's line, as in {@code Aspp.java:31}; empty where it is not known
 */
public record Verdict(Outcome outcome, String tried, String found, String advice, String line) {

  /** How it ended. */
  public enum Outcome {
    PASSED,
    FAILED,
    DOES_NOT_APPLY
  }

  static Verdict passed(String tried) {
    return remarked(tried, "");
  }

  /** Passed, with something that the author should know. */
  static Verdict remarked(String tried, String remark) {
    return new Verdict(Outcome.PASSED, tried, remark, "", "");
  }

  static Verdict failed(String tried, String found, String advice, String line) {
    return new Verdict(Outcome.FAILED, tried, found, advice, line);
  }

  static Verdict doesNotApply(String reason) {
    return new Verdict(Outcome.DOES_NOT_APPLY, "", reason, "", "");
  }
}
