package dev.inlay.spec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The type of an option: how it reads from a word, prints, and is called. */
sealed interface OptionType {

  /** The type in words, as in "list of whole numbers". */
  String words();

  /** Prints a value so that reading gives an equal one; strings go through {@code quote}. */
  String print(Object value, UnaryOperator<String> quote);

  /** A type of which one word is a value. */
  sealed interface Single extends OptionType {

    /** The value that a word stands for; null if it stands for none. */
    @Nullable Object read(String word);

    /** The rule that a refused word breaks, as the end of "it must be ...". */
    default String rule(String word) {
      return "a " + words();
    }

    /** The type in words, for the elements of a list. */
    default String plural() {
      return words() + "s";
    }

    @Override
    default String print(Object value, UnaryOperator<String> quote) {
      return value.toString();
    }
  }

  /** The type of a record component; null if specs cannot hold it. */
  static @Nullable OptionType of(Type type) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      OptionType element = of(list.getActualTypeArguments()[0]);
      return element instanceof Single single ? new Many(single) : null;
    }
    if (type == int.class || type == Integer.class) {
      return new Whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (type == long.class || type == Long.class) {
      return new Whole(Long.MIN_VALUE, Long.MAX_VALUE);
    }
    if (type == double.class || type == Double.class) {
      return new Fraction();
    }
    if (type == boolean.class || type == Boolean.class) {
      return new Truth();
    }
    if (type == String.class) {
      return new Text();
    }
    return type instanceof Class<?> c && c.isEnum() ? new Choice(c) : null;
  }

  /** A list whose elements are single words. */
  record Many(Single element) implements OptionType {
    @Override
    public String words() {
      return "list of " + element.plural();
    }

    @Override
    public String print(Object value, UnaryOperator<String> quote) {
      return ((List<?>) value)
          .stream().map(v -> element.print(v, quote)).collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /** An int or a long. */
  record Whole(long least, long most) implements Single {
    @Override
    public String words() {
      return "whole number";
    }

    @Override
    public @Nullable Object read(String word) {
      if (!digits(word)) {
        return null;
      }
      try {
        long value = Long.parseLong(word);
        if (most == Long.MAX_VALUE) {
          return value;
        }
        return value < least || value > most ? null : (Object) (int) value;
      } catch (NumberFormatException tooLong) {
        return null;
      }
    }

    @Override
    public String rule(String word) {
      return digits(word) ? "a whole number from " + least + " to " + most : "a whole number";
    }

    private static boolean digits(String word) {
      String digits = word.startsWith("-") || word.startsWith("+") ? word.substring(1) : word;
      return !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }
  }

  /** A double, finite. */
  record Fraction() implements Single {
    @Override
    public String words() {
      return "number";
    }

    @Override
    public @Nullable Object read(String word) {
      // Java alone would also take NaN, Infinity, 1f, and numbers in base 16.
      if (!word.chars().allMatch(c -> (c >= '0' && c <= '9') || "+-.eE".indexOf(c) >= 0)) {
        return null;
      }
      try {
        double value = Double.parseDouble(word);
        return Double.isFinite(value) ? (Object) value : null;
      } catch (NumberFormatException notANumber) {
        return null;
      }
    }

    @Override
    public String print(Object value, UnaryOperator<String> quote) {
      return value.toString().replace("E-", "e-").replace("E", "e+");
    }
  }

  /** A boolean, written true or false and no other way. */
  record Truth() implements Single {
    @Override
    public String words() {
      return "true or false";
    }

    @Override
    public String rule(String word) {
      return words();
    }

    @Override
    public String plural() {
      return words();
    }

    @Override
    public @Nullable Object read(String word) {
      return word.equals("true") || word.equals("false") ? (Object) word.equals("true") : null;
    }
  }

  /** A string. */
  record Text() implements Single {
    @Override
    public String words() {
      return "text";
    }

    @Override
    public Object read(String word) {
      return word;
    }

    @Override
    public String print(Object value, UnaryOperator<String> quote) {
      return quote.apply(value.toString());
    }
  }

  /** A constant of an enum: lower case, with hyphens for underscores. */
  record Choice(Class<?> of) implements Single {
    @Override
    public String words() {
      List<String> names = names();
      int last = names.size() - 1;
      return last < 1
          ? String.join("", names)
          : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }

    @Override
    public String rule(String word) {
      String question = Suggestions.didYouMean(word, names());
      return words() + (question.isEmpty() ? "" : "." + question);
    }

    @Override
    public String plural() {
      return words();
    }

    @Override
    public @Nullable Object read(String word) {
      return constants().filter(c -> name(c).equals(word)).findFirst().orElse(null);
    }

    @Override
    public String print(Object value, UnaryOperator<String> quote) {
      return name(value);
    }

    private Stream<Object> constants() {
      return Arrays.stream((Object[]) of.getEnumConstants());
    }

    private List<String> names() {
      return constants().map(Choice::name).toList();
    }

    private static String name(Object constant) {
      return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
