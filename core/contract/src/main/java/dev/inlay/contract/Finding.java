package dev.inlay.contract;

/**
 * A rule, and what came of it for one technique.
 *
 * @param technique the technique's name
 * @param rule the rule's short name
 * @param says the rule as a sentence
 * @param milliseconds how long it took
 */
public record Finding(
    String technique, String rule, String says, Verdict verdict, long milliseconds) {

  public boolean isFailed() {
    return verdict.outcome() == Verdict.Outcome.FAILED;
  }

  /** A failure in words: the rule, what was tried, what was found, what to do. */
  public String explained() {
    String line = verdict.line().isEmpty() ? "" : " (" + verdict.line() + ")";
    return "%s: %s\n  Tried: %s\n  Found%s: %s\n  To do: %s"
        .formatted(rule, says, verdict.tried(), line, verdict.found(), verdict.advice());
  }
}
