package dev.inlay.compile.torch;

import dev.inlay.Dim;
import dev.inlay.graph.Node;
import java.util.List;
import java.util.Locale;

/**
 * The call of one operation.
 *
 * @param node the operation
 * @param operands the variables of its operands
 * @param training whether the program is for training
 * @param inPlace whether the result is written to the first operand's memory
 */
record TorchCall(Node node, List<String> operands, boolean training, boolean inPlace) {

  /** An argument that is written unchanged: a variable or a keyword. */
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

  /** An optional operand as an argument. */
  Word optional(int place) {
    return place < operands.size() ? operand(place) : ABSENT;
  }

  /** All operands, as one argument. */
  List<Word> list() {
    return operands.stream().map(Word::new).toList();
  }

  /** A call with the operands in order, followed by further arguments. */
  String call(String function, Object... more) {
    StringBuilder text = begun(function);
    for (int i = 0; i < operands.size(); i++) {
      text.append(i == 0 ? "" : ", ").append(operands.get(i));
    }
    for (Object argument : more) {
      text.append(", ");
      write(argument, text);
    }
    return text.append(')').toString();
  }

  /** A call with these arguments. */
  String function(String name, Object... arguments) {
    StringBuilder text = begun(name);
    for (int i = 0; i < arguments.length; i++) {
      text.append(i == 0 ? "" : ", ");
      write(arguments[i], text);
    }
    return text.append(')').toString();
  }

  /** The function's name; the in-place form ends with an underscore. */
  private StringBuilder begun(String function) {
    return new StringBuilder("torch.").append(function).append(inPlace ? "_(" : "(");
  }

  private static void write(Object argument, StringBuilder text) {
    if (argument instanceof List<?> list) {
      text.append('[');
      for (int i = 0; i < list.size(); i++) {
        text.append(i == 0 ? "" : ", ");
        write(list.get(i), text);
      }
      text.append(']');
    } else {
      text.append(text(argument));
    }
  }

  private static String text(Object argument) {
    if (argument instanceof Word word) {
      return word.text();
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
