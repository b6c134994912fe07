package dev.inlay.compile.torch;

import dev.inlay.Dim;
import dev.inlay.graph.Node;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One operation as it is being written.
 *
 * @param node the operation
 * @param operands the names of its operands in the program
 * @param training whether the program trains
 * @param inPlace whether the result goes into the first operand's memory
 */
record TorchCall(Node node, List<String> operands, boolean training, boolean inPlace) {

  /** An argument that is written as it is: a variable's name, or a word of the language. */
  record Word(String text) {}

  static final Word ABSENT = new Word("None");

  /** The variable of an operand. */
  String name(int place) {
    return operands.get(place);
  }

  /** An operand, as an argument. */
  Word operand(int place) {
    return new Word(name(place));
  }

  /** An operand that may be absent, as an argument. */
  Word optional(int place) {
    return place < operands.size() ? operand(place) : ABSENT;
  }

  /** All operands, as one argument. */
  List<Word> list() {
    return operands.stream().map(Word::new).toList();
  }

  /** A function of the operands in their order and of these arguments. */
  String call(String function, Object... more) {
    return function(function, Stream.concat(list().stream(), Stream.of(more)).toArray());
  }

  /** A function of these arguments. In place it bears the engine's mark, an underscore. */
  String function(String name, Object... arguments) {
    String open = inPlace ? "_(" : "(";
    return Stream.of(arguments)
        .map(TorchCall::text)
        .collect(Collectors.joining(", ", "torch." + name + open, ")"));
  }

  private static String text(Object argument) {
    if (argument instanceof Word word) {
      return word.text();
    }
    if (argument instanceof List<?> list) {
      return list.stream().map(TorchCall::text).collect(Collectors.joining(", ", "[", "]"));
    }
    if (argument instanceof Dim size) {
      return SizeText.of(size);
    }
    if (argument instanceof Boolean flag) {
      return flag ? "True" : "False";
    }
    if (argument instanceof Double number) {
      return number.isInfinite()
          ? "float(\"" + (number < 0 ? "-inf" : "inf") + "\")"
          : number.toString().toLowerCase(Locale.ROOT);
    }
    if (argument instanceof String text) {
      return '"' + text + '"';
    }
    return argument.toString();
  }
}
