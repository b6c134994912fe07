package dev.inlay.cli.author;

import dev.inlay.contract.Finding;
import org.jspecify.annotations.Nullable;

/**
 * What the process of a check tells the command, one line of JSON each.
 *
 * @param technique the technique that it is about; empty if it is about the jar
 * @param text a message, or the name of a rule that begins
 * @param count how many rules there will be
 */
record Event(
    Kind kind,
    String technique,
    String text,
    int count,
    @Nullable Finding finding,
    @Nullable JarNeeds needs,
    @Nullable TechniqueCost cost) {

  /** What is told. */
  enum Kind {
    /** The jar is loaded; its needs, and the number of rules that follow. */
    LOADED,
    /** The jar or one of its techniques is refused. */
    REFUSED,
    /** A technique begins, of the kind that the text names. */
    TECHNIQUE,
    /** A rule begins, or another step that the text names. */
    BEGUN,
    FOUND,
    COST,
    /** Something that is worth a warning. */
    WARNED,
    /** The time is up; the text is where the code is. */
    HUNG,
    /** The plugin ends the process; the text is where. */
    EXIT,
    DONE
  }

  static Event of(Kind kind, String technique, String text) {
    return new Event(kind, technique, text, 0, null, null, null);
  }

  static Event loaded(JarNeeds needs, int rules) {
    return new Event(Kind.LOADED, "", "", rules, null, needs, null);
  }

  static Event found(Finding finding) {
    return new Event(Kind.FOUND, finding.technique(), "", 0, finding, null, null);
  }

  static Event cost(TechniqueCost cost) {
    return new Event(Kind.COST, cost.technique(), "", 0, null, null, cost);
  }
}
