package dev.inlay.cli.doctor;

import org.jspecify.annotations.Nullable;

/**
 * Something that was found.
 *
 * @param about the part of the machine, such as {@code engine}
 * @param name the thing, such as {@code threads}
 * @param value its value
 * @param state whether it is as it should be
 * @param advice what to do; null if there is nothing to do
 */
record Fact(String about, String name, String value, State state, @Nullable String advice) {

  /** Whether a fact is as it should be. */
  enum State {
    /** As it should be. */
    OK,
    /** It works, but something could be better. */
    NOTE,
    /** Something does not work. */
    WRONG
  }

  static Fact ok(String about, String name, String value) {
    return new Fact(about, name, value, State.OK, null);
  }

  static Fact note(String about, String name, String value, String advice) {
    return new Fact(about, name, value, State.NOTE, advice);
  }

  static Fact wrong(String about, String name, String value, String advice) {
    return new Fact(about, name, value, State.WRONG, advice);
  }
}
