package dev.inlay.spec;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One stage as it is written, before its technique is known: the tree that text and YAML share.
 *
 * @param name the name of a technique or of a short form
 * @param place where the name stands
 * @param options the options in their order
 */
record Written(String name, Place place, List<Option> options) {

  /**
   * A term of a sum as it is written.
   *
   * @param factor the word before the {@code *}; null for a term without a factor
   */
  record Term(@Nullable Word factor, Written stage) {}

  /** An option as written; the place is that of its name. */
  record Option(String name, Place place, Value value) {}

  /** The written value of an option. */
  sealed interface Value permits Word, Listing {
    Place place();
  }

  /** A number, a word, or a quoted text without its quotes. */
  record Word(String text, Place place) implements Value {
    @Override
    public String toString() {
      return text;
    }
  }

  /** A list of words. */
  record Listing(List<Word> words, Place place) implements Value {
    @Override
    public String toString() {
      return words.stream().map(Word::text).collect(Collectors.joining(", ", "[", "]"));
    }
  }
}
