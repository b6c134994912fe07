package dev.inlay.files;

import java.util.function.Predicate;

/**
 * One row of a table of kinds.
 *
 * @param test whether the start of a file is of this kind
 */
record KindRow(Predicate<FileStart> test, FileKind kind) {

  /**
   * A kind by its first bytes.
   *
   * @param signature the bytes as characters of the same numbers
   */
  static KindRow of(String signature, FileKind kind) {
    return of(0, signature, kind);
  }

  /** A kind by bytes at a place. */
  static KindRow of(int at, String signature, FileKind kind) {
    return new KindRow(start -> start.has(at, signature), kind);
  }

  /** A text with a property. */
  static KindRow text(Predicate<FileStart> test, FileKind kind) {
    return new KindRow(start -> start.isText() && test.test(start), kind);
  }
}
