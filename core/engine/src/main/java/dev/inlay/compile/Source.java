package dev.inlay.compile;

import dev.inlay.graph.Literal;
import dev.inlay.graph.Node;
import dev.inlay.graph.Nodes;
import dev.inlay.graph.Operator;
import dev.inlay.graph.Training;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes TorchScript methods. Every line ends with the stage and the author's line it comes from,
 * so that the engine's errors show them.
 */
public final class Source {

  private final UnaryOperator<String> access;
  private final String training;
  private final Map<Node, String> names = new IdentityHashMap<>();
  private final StringBuilder text = new StringBuilder();

  private Source(UnaryOperator<String> access, String training) {
    this.access = access;
    this.training = training;
  }

  /** The program as {@code forward(inputs, p: List[Tensor])}, its stored values in {@code p}. */
  public static String forward(Program program) {
    String arguments = program.stored().isEmpty() ? "" : "p: List[Tensor]"; // no empty list
    return forward(program, arguments, listed("p", program.stored()));
  }

  /** The program as {@code forward}, its stored values found by an access of the caller's. */
  static String forward(Program program, String storedArguments, UnaryOperator<String> access) {
    Source source = new Source(access, trainingOf(program));
    source.body(program);
    List<String> results = program.outputs().stream().map(source::named).toList();
    boolean single = results.size() == 1;
    source.line("return " + (single ? results.get(0) : results), "");
    List<String> arguments = inputArguments(program);
    if (!storedArguments.isEmpty()) {
      arguments.add(storedArguments);
    }
    return method("forward", arguments, single ? "Tensor" : "List[Tensor]", source.text);
  }

  /** The values prepared once, as {@code forward(p: List[Tensor])} of a program of its own. */
  public static String prepare(Program program) {
    return prepare(program, "p: List[Tensor]", listed("p", program.preparedFrom()));
  }

  static String prepare(Program program, String storedArguments, UnaryOperator<String> access) {
    Source source = new Source(access, "False");
    Nodes.order(program.preparedNodes()).forEach(node -> source.emit(node, false));
    source.line("return " + program.preparedNodes().stream().map(source::named).toList(), "");
    return method("forward", List.of(storedArguments), "List[Tensor]", source.text);
  }

  /**
   * A step of training as {@code forward(inputs, extra arguments)}: the program, the caller's lines
   * for backward, in which {@code $0}, {@code $1}, … stand for the outputs, the program's updates,
   * which backward must not see, then the rest of the caller's lines.
   */
  static String step(
      Program program,
      List<String> extraArguments,
      UnaryOperator<String> access,
      String backward,
      String rest) {
    Source source = new Source(access, trainingOf(program));
    source.line("torch.set_grad_enabled(True)", "");
    source.body(program);
    source.lines(program, backward);
    source.line("torch.set_grad_enabled(False)", "");
    for (Program.Update update : program.updates()) {
      String stored = access.apply(update.stored().name());
      source.line("torch.copy_(" + stored + ", " + source.named(update.value()) + ")", "");
    }
    source.lines(program, rest);
    List<String> arguments = inputArguments(program);
    arguments.addAll(extraArguments);
    return method("forward", arguments, "List[Tensor]", source.text);
  }

  /** Access by position in a list argument. */
  static UnaryOperator<String> listed(String list, List<String> names) {
    Map<String, Integer> places = new HashMap<>();
    names.forEach(name -> places.put(name, places.size()));
    return name -> list + "[" + places.get(name) + "]";
  }

  /** Access as attributes of nested modules, as Python's state dictionaries name them. */
  static final UnaryOperator<String> NESTED =
      name -> {
        String module = "self";
        for (String part : name.split("\\.", -1)) {
          module =
              Character.isJavaIdentifierStart(part.charAt(0))
                  ? module + "." + part
                  : "getattr(" + module + ", \"" + part + "\")";
        }
        return module;
      };

  private static List<String> inputArguments(Program program) {
    return program.inputs().stream()
        .map(input -> input.name() + ": Tensor")
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static String method(
      String name, List<String> arguments, String result, CharSequence body) {
    String all = arguments.stream().map(argument -> ", " + argument).collect(Collectors.joining());
    return "  def " + name + "(self" + all + ") -> " + result + ":\n" + body;
  }

  private static String trainingOf(Program program) {
    return program.options().training() ? "True" : "False";
  }

  private void body(Program program) {
    Set<String> symbols = new HashSet<>();
    for (Node input : program.inputs()) {
      names.put(input, input.name());
      for (int axis = 0; axis < input.rank(); axis++) {
        String size = input.dim(axis).toString();
        if (!input.dim(axis).isConstant() && symbols.add(size)) {
          line(size + " = torch.size(" + input.name() + ", " + axis + ")", "");
        }
      }
    }
    program.order().forEach(node -> emit(node, program.writesInPlace(node)));
  }

  /** The caller's lines, with the outputs in their places. */
  private void lines(Program program, String text) {
    String lines = text;
    for (int i = program.outputs().size() - 1; i >= 0; i--) {
      lines = lines.replace("$" + i, named(program.outputs().get(i)));
    }
    lines.lines().forEach(code -> line(code, ""));
  }

  private void line(String code, String origin) {
    text.append("    ").append(code).append(origin.isEmpty() ? "" : "  # " + origin).append('\n');
  }

  private String named(Node node) {
    return Objects.requireNonNull(names.get(node));
  }

  private void emit(Node node, boolean inPlace) {
    if (names.containsKey(node)) {
      return;
    }
    if (node.operator() == Operator.PARAMETER) {
      names.put(node, access.apply(node.name()));
      return;
    }
    String name = "v" + names.size();
    names.put(node, name);
    line(name + " = " + expression(node, inPlace), node.origin() + " " + node.shape());
  }

  private String expression(Node node, boolean inPlace) {
    if (node.operator() == Operator.RAW) {
      String expression = node.name();
      for (int i = node.arguments().size() - 1; i > 0; i--) {
        expression = expression.replace("$" + (i - 1), text(node.arguments().get(i)));
      }
      return expression;
    }
    if (node.operator() == Operator.EINSUM) {
      return "torch.einsum(\"" + node.name() + "\", " + text(node.arguments().get(1)) + ")";
    }
    String arguments = node.arguments().stream().map(this::text).collect(Collectors.joining(", "));
    return node.operator().function() + (inPlace ? "_(" : "(") + arguments + ")";
  }

  private String text(@Nullable Object argument) {
    if (argument == null) {
      return "None";
    }
    if (argument instanceof Node node) {
      return named(node);
    }
    if (argument instanceof List<?> list) {
      return list.stream().map(this::text).collect(Collectors.joining(", ", "[", "]"));
    }
    if (argument instanceof Boolean flag) {
      return flag ? "True" : "False";
    }
    if (argument instanceof Double number) {
      return number.isInfinite()
          ? "float(\"" + (number < 0 ? "-inf" : "inf") + "\")"
          : number.toString().toLowerCase(Locale.ROOT);
    }
    if (argument == Training.FLAG) {
      return training;
    }
    return argument instanceof Literal literal ? literal.text() : argument.toString();
  }
}
