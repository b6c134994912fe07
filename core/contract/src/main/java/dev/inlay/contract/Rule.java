package dev.inlay.contract;

/** One rule of the contract. */
public interface Rule {

  /** The rule's short name, by which it is chosen or left out: {@code gradients}. */
  String name();

  /** The rule as a sentence. */
  String says();

  /**
   * Tries whether a technique keeps the rule.
   *
   * @throws RuntimeException if the technique or the engine fails; {@link Contract} makes a failure
   *     of it
   */
  Verdict check(Subject subject);
}
