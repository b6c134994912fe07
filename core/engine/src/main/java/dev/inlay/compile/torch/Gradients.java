package dev.inlay.compile.torch;

import dev.inlay.Tensor;
import dev.inlay.compile.Program;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The program for the gradients of a graph's outputs with cotangents, for comparisons with a
 * reference. The arguments are the graph's inputs, then lists: {@code c} of one cotangent for each
 * output, {@code w} of trained parameters, {@code b} of buffers.
 */
public final class Gradients {

  private final Program program;
  private final List<String> trained;
  private final List<String> buffers;

  /** Compiles outputs and gradients with options. */
  public Gradients(Graph graph, List<? extends Tensor> outputs, ProgramOptions options) {
    this.program = new Program(graph, outputs, options, false);
    this.trained = names(graph, true);
    this.buffers = names(graph, false);
  }

  private List<String> names(Graph graph, boolean wanted) {
    List<String> names = new ArrayList<>();
    for (Parameter parameter : program.parameters(graph)) {
      if (parameter.isTrained() == wanted) {
        names.add(parameter.name());
      }
    }
    return names;
  }

  public List<String> trained() {
    return trained;
  }

  public List<String> buffers() {
    return buffers;
  }

  public List<String> inputs() {
    return program.inputs().stream().map(node -> node.name()).toList();
  }

  /** The inputs with gradients: those of floating-point numbers. */
  public List<String> differentiable() {
    return program.inputs().stream()
        .filter(input -> input.type() == Tensor.Type.FLOAT)
        .map(input -> input.name())
        .toList();
  }

  /**
   * The program's source; it returns the gradients of {@link #differentiable}, then those of {@code
   * w}.
   */
  public String source() {
    List<String> sum = new ArrayList<>();
    for (int i = 0; i < program.outputs().size(); i++) {
      sum.add("torch.sum(torch.mul($" + i + ", c[" + i + "]))");
    }
    String loss = sum.stream().reduce((a, b) -> "torch.add(" + a + ", " + b + ")").orElseThrow();
    String weights = trained.isEmpty() ? "annotate(List[Tensor], [])" : "w";
    String backward =
        """
        x_ = torch.add(annotate(List[Tensor], %s), %s)
        g_ = torch.grad([%s], x_, None, None, False, True)
        """
            .formatted(differentiable(), weights, loss);
    String collected =
        """
        g = annotate(List[Tensor], [])
        for i_ in range(torch.len(g_)):
          if torch.__isnot__(g_[i_], None):
            a_ = torch.append(g, unchecked_cast(Tensor, g_[i_]))
          else:
            e_ = torch.append(g, torch.zeros_like(x_[i_]))
        return g
        """;
    return Source.step(
        program,
        lists(Map.of("c", program.outputs(), "w", trained, "b", buffers)),
        access(trained, buffers),
        backward,
        collected);
  }

  /** The list arguments. The engine cannot tell an empty list from none, so it is left out. */
  static List<String> lists(Map<String, List<?>> lists) {
    return Stream.of("c", "w", "b")
        .filter(name -> !lists.getOrDefault(name, List.of()).isEmpty())
        .map(name -> name + ": List[Tensor]")
        .toList();
  }

  /** The access to stored values: trained parameters in {@code w}, all others in {@code b}. */
  static UnaryOperator<String> access(List<String> trained, List<String> buffers) {
    UnaryOperator<String> weights = Source.listed("w", trained);
    UnaryOperator<String> others = Source.listed("b", buffers);
    return name -> trained.contains(name) ? weights.apply(name) : others.apply(name);
  }
}
