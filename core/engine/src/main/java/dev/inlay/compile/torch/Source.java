package dev.inlay.compile.torch;

import dev.inlay.compile.Program;
import dev.inlay.graph.Lowering;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import dev.inlay.graph.Walk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Writes TorchScript methods. Every line ends with a comment of its stage and the author's line,
 * which the engine's errors show.
 */
public final class Source {

  private final UnaryOperator<String> access;
  private final boolean training;
  private final Map<Node, String> names = new IdentityHashMap<>();
  private final StringBuilder text = new StringBuilder();

  private Source(UnaryOperator<String> access, boolean training) {
    this.access = access;
    this.training = training;
  }

  /** The program as {@code forward(inputs, p: List[Tensor])}, stored values in {@code p}. */
  public static String forward(Program program) {
    String arguments = program.stored().isEmpty() ? "" : "p: List[Tensor]"; // no empty list
    return forward(program, arguments, listed("p", program.stored()));
  }

  /** The program as {@code forward} with the caller's access to stored values. */
  static String forward(Program program, String storedArguments, UnaryOperator<String> access) {
    Source source = new Source(access, program.options().training());
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

  /** The preparing program as {@code forward(p: List[Tensor])}; it returns the prepared values. */
  public static String prepare(Program program) {
    return prepare(program, "p: List[Tensor]", listed("p", program.preparedFrom()));
  }

  static String prepare(Program program, String storedArguments, UnaryOperator<String> access) {
    Source source = new Source(access, false);
    source.write(Walk.order(program.preparedNodes()), node -> false);
    source.line("return " + program.preparedNodes().stream().map(source::named).toList(), "");
    return method("forward", List.of(storedArguments), "List[Tensor]", source.text);
  }

  /**
   * A training step as {@code forward(inputs, extra arguments)}: the program, the caller's lines
   * for backward, the program's updates, which must follow backward, and the caller's last lines.
   * {@code $0}, {@code $1}, … are the outputs.
   */
  static String step(
      Program program,
      List<String> extraArguments,
      UnaryOperator<String> access,
      String backward,
      String rest) {
    Source source = new Source(access, program.options().training());
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

  /**
   * The program as a method {@code name(inputs, p: List[Tensor])} that other methods call, without
   * {@code p} if the program has no stored values.
   */
  static String values(String name, Program program) {
    Source source = new Source(listed("p", program.stored()), program.options().training());
    source.body(program);
    source.line("return " + program.outputs().stream().map(source::named).toList(), "");
    List<String> arguments = inputArguments(program);
    if (!program.stored().isEmpty()) {
      arguments.add("p: List[Tensor]");
    }
    return method(name, arguments, "List[Tensor]", source.text);
  }

  /** The access to stored values by position in a list argument. */
  static UnaryOperator<String> listed(String list, List<String> names) {
    Map<String, Integer> places = new HashMap<>();
    names.forEach(name -> places.put(name, places.size()));
    return name -> list + "[" + places.get(name) + "]";
  }

  private static List<String> inputArguments(Program program) {
    return program.inputs().stream()
        .map(input -> input.name() + ": Tensor")
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** A method with these lines as its body. */
  static String method(String name, List<String> arguments, String result, List<String> lines) {
    StringBuilder body = new StringBuilder();
    lines.forEach(line -> body.append("    ").append(line).append('\n'));
    return method(name, arguments, result, body);
  }

  private static String method(
      String name, List<String> arguments, String result, CharSequence body) {
    String all = arguments.stream().map(argument -> ", " + argument).collect(Collectors.joining());
    return "  def " + name + "(self" + all + ") -> " + result + ":\n" + body;
  }

  private void body(Program program) {
    Set<String> symbols = new HashSet<>();
    for (Node input : program.inputs()) {
      names.put(input, input.name());
      for (int axis = 0; axis < input.rank(); axis++) {
        String size = SizeText.of(input.dim(axis));
        if (!input.dim(axis).isConstant() && symbols.add(size)) {
          line(size + " = torch.size(" + input.name() + ", " + axis + ")", "");
        }
      }
    }
    write(program.order(), program::writesInPlace);
  }

  /** Adds the caller's lines with the outputs' names for {@code $0}, {@code $1}, … */
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

  /** Adds a line for each operation; inputs and stored values already have names. */
  private void write(List<Node> order, Predicate<Node> inPlace) {
    Lowering<String> lowering =
        (node, operands) ->
            node.operator() == Operator.PARAMETER
                ? access.apply(node.name())
                : assigned(new TorchCall(node, operands, training, inPlace.test(node)));
    Walk.fold(order, names, lowering);
  }

  private String assigned(TorchCall call) {
    String name = "v" + names.size();
    line(name + " = " + TorchForms.write(call), call.node().origin() + " " + call.node().shape());
    return name;
  }
}
