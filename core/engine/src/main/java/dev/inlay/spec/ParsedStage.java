package dev.inlay.spec;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The syntax tree of one stage, before its technique is known; text and YAML share it.
 *
 * @param name the name of a technique or of a short form
 * @param place the place of the name
 * @param options the options in order
 */
record ParsedStage(String name, Place place, List<Option> options) {

  /**
   * A term of a sum.
   *
   * @param factor the word before the {@code *}; null for a term without a factor
   */
  record Term(@Nullable Word factor, ParsedStage stage) {}

  /** An option, with the place of its name. */
  record Option(String name, Place place, Value value) {}

  /** The value of an option. */
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
