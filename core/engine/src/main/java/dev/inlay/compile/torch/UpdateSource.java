package dev.inlay.compile.torch;

import dev.inlay.compile.DescribedUpdate;
import dev.inlay.compile.ListOperation;
import dev.inlay.compile.ListScalar;
import dev.inlay.compile.ListUpdate;
import dev.inlay.compile.OptimizerUpdate;
import dev.inlay.compile.Program;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Operator;
import dev.inlay.graph.Parameter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Writes an optimizer's update as TorchScript: {@code forward(rate, lists)} with lists of tensors
 * for each group of parameters.
 */
public final class UpdateSource {

  /** The engine's functions for operators on lists. */
  private static final Map<Operator, String> ON_LISTS = new EnumMap<>(Operator.class);

  static {
    ON_LISTS.put(Operator.ADD, "add");
    ON_LISTS.put(Operator.SUB, "sub");
    ON_LISTS.put(Operator.MUL, "mul");
    ON_LISTS.put(Operator.DIV, "div");
    ON_LISTS.put(Operator.MAXIMUM, "maximum");
    ON_LISTS.put(Operator.AT_LEAST, "clamp_min");
    ON_LISTS.put(Operator.SQRT, "sqrt");
    ON_LISTS.put(Operator.EXP, "exp");
    ON_LISTS.put(Operator.LOG, "log");
    ON_LISTS.put(Operator.ABS, "abs");
    ON_LISTS.put(Operator.POW, "pow");
    ON_LISTS.put(Operator.SIGMOID, "sigmoid");
    ON_LISTS.put(Operator.TANH, "tanh");
    ON_LISTS.put(Operator.AS_FLOAT, "mul");
  }

  private final List<String> lines = new ArrayList<>();
  private final Map<String, List<String>> weights = new LinkedHashMap<>();
  private final Map<String, List<String>> gradients = new LinkedHashMap<>();
  private final Map<String, List<String>> memory = new LinkedHashMap<>();
  private final StringBuilder methods = new StringBuilder();

  /** The operators that have a function for lists. */
  static Set<Operator> operators() {
    return ON_LISTS.keySet();
  }

  /** Writes the program of an optimizer's update. */
  public UpdateSource(OptimizerUpdate update) {
    lines.add("torch.set_grad_enabled(False)");
    lines.add("rate_ = torch.FloatImplicit(rate)");
    for (int i = 0; i < update.groups().size(); i++) {
      group(update.groups().get(i), i);
    }
    lines.add("return rate");
  }

  /** The list arguments for weights, each with the names of its parameters. */
  public Map<String, List<String>> weights() {
    return weights;
  }

  /** The list arguments for gradients, each with the names of its parameters. */
  public Map<String, List<String>> gradients() {
    return gradients;
  }

  /** The list arguments for the optimizer's memory, each with the full names of its values. */
  public Map<String, List<String>> memory() {
    return memory;
  }

  /** The program's source; its arguments are {@code rate}, then weights, gradients, memory. */
  public String source() {
    List<String> arguments = new ArrayList<>(List.of("rate: Tensor"));
    weights.keySet().forEach(list -> arguments.add(list + ": List[Tensor]"));
    gradients.keySet().forEach(list -> arguments.add(list + ": List[Tensor]"));
    memory.keySet().forEach(list -> arguments.add(list + ": List[Tensor]"));
    return methods + Source.method("forward", arguments, "Tensor", lines);
  }

  private void group(OptimizerUpdate.Group group, int number) {
    weights.put("w" + number, group.names());
    gradients.put("g" + number, group.names());
    Map<String, String> names = new LinkedHashMap<>();
    names.put(DescribedUpdate.WEIGHT, "w" + number);
    names.put(DescribedUpdate.GRADIENT, "g" + number);
    List<Parameter> parts = group.described().memory();
    for (int i = 0; i < parts.size(); i++) {
      String list = "m" + number + "_" + i;
      memory.put(list, group.memory(parts.get(i)));
      names.put(ListUpdate.memory(parts.get(i).name()), list);
    }
    if (group.onLists().isPresent()) {
      onLists(group.onLists().get(), number, names);
    } else {
      onEach(group.described(), number, names);
    }
  }

  private void onLists(ListUpdate update, int group, Map<String, String> names) {
    for (ListOperation operation : update.operations()) {
      names.putIfAbsent(operation.result(), operation.result() + "_" + group);
      String call = call(operation, names);
      String line = operation.inPlace() ? call : named(operation.result(), names) + " = " + call;
      lines.add(line + "  # " + operation.origin());
    }
    update
        .copies()
        .forEach(
            (target, value) ->
                lines.add(
                    "torch._foreach_copy_("
                        + named(target, names)
                        + ", "
                        + named(value, names)
                        + ")"));
  }

  private static String call(ListOperation operation, Map<String, String> names) {
    List<String> arguments = new ArrayList<>(List.of(named(operation.first(), names)));
    String second = operation.second();
    ListScalar scalar = operation.scalar();
    if (second != null) {
      arguments.add(named(second, names));
    }
    if (scalar != null) {
      arguments.add((second == null ? "" : "alpha=") + text(scalar));
    }
    if (operation.operator() == Operator.AS_FLOAT) {
      arguments.add("1.0"); // A product of whole numbers and 1.0 is floating-point.
    }
    String function = Objects.requireNonNull(ON_LISTS.get(operation.operator()));
    return "torch._foreach_"
        + function
        + (operation.inPlace() ? "_(" : "(")
        + String.join(", ", arguments)
        + ")";
  }

  private static String named(String list, Map<String, String> names) {
    return Objects.requireNonNull(names.get(list));
  }

  private static String text(ListScalar scalar) {
    if (scalar instanceof ListScalar.Computed computed) {
      String function = Objects.requireNonNull(ON_LISTS.get(computed.operator()));
      return "torch."
          + function
          + "("
          + text(computed.left())
          + ", "
          + text(computed.right())
          + ")";
    }
    return scalar instanceof ListScalar.Constant constant
        ? constant.value().toString().toLowerCase(Locale.ROOT)
        : "rate_";
  }

  /** The rule as a method, called for each parameter; its results are copied at the end. */
  private void onEach(DescribedUpdate described, int group, Map<String, String> names) {
    Program program =
        new Program(
            described.graph(), described.results(), ProgramOptions.TRAINING, /* prepares= */ false);
    methods.append(Source.values("update" + group, program));
    List<String> arguments = new ArrayList<>();
    program.inputs().forEach(input -> arguments.add(element(input.name(), names)));
    if (!program.stored().isEmpty()) {
      arguments.add(
          program.stored().stream()
              .map(name -> element(ListUpdate.memory(name), names))
              .toList()
              .toString());
    }
    lines.add("for i_ in range(torch.len(w" + group + ")):");
    lines.add("  r_ = self.update" + group + "(" + String.join(", ", arguments) + ")");
    // A result may be the target of another copy, as for memory that keeps the old weight.
    for (int i = 0; i < program.outputs().size(); i++) {
      lines.add("  c" + i + "_ = torch.clone(r_[" + i + "])");
    }
    for (int i = 0; i < program.outputs().size(); i++) {
      String target =
          i == 0
              ? DescribedUpdate.WEIGHT
              : ListUpdate.memory(described.graph().updates().get(i - 1).stored().name());
      lines.add("  a_ = torch.copy_(" + element(target, names) + ", c" + i + "_)");
    }
  }

  private static String element(String name, Map<String, String> names) {
    return name.equals(DescribedUpdate.RATE) ? "rate" : named(name, names) + "[i_]";
  }
}
