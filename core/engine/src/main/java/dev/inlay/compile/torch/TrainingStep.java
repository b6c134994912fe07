package dev.inlay.compile.torch;

import dev.inlay.Tensor;
import dev.inlay.compile.Program;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import dev.inlay.graph.Parameter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One step of training as one program: forward, losses, backward, optimizer, running statistics.
 * Its arguments are the graph's inputs, {@code rate}, then lists: {@code w} of trained parameters,
 * {@code b} of buffers, {@code m} of the optimizer's velocities, one for each trained parameter.
 */
public final class TrainingStep {

  private final Program program;
  private final Sgd optimizer;
  private final List<String> trained = new ArrayList<>();
  private final List<String> buffers = new ArrayList<>();

  /**
   * Compiles a step.
   *
   * @param loss what the step lessens, a tensor without axes
   * @param reported what the step returns besides the loss
   */
  public TrainingStep(
      Graph graph,
      Tensor loss,
      List<? extends Tensor> reported,
      ProgramOptions options,
      Sgd optimizer) {
    List<Tensor> outputs = new ArrayList<>(List.of(loss));
    outputs.addAll(reported);
    this.program = new Program(graph, outputs, options);
    this.optimizer = optimizer;
    Map<String, Parameter> parameters = graph.parameters();
    List<String> all = new ArrayList<>(program.stored());
    program.updates().stream()
        .map(update -> update.stored().name())
        .filter(name -> !all.contains(name))
        .forEach(all::add);
    Set<String> learning = learning();
    for (String name : all) {
      Parameter parameter = parameters.get(name);
      boolean learns = parameter != null && parameter.isTrained() && learning.contains(name);
      (learns ? trained : buffers).add(name);
    }
  }

  /** What the loss depends on through operations that gradients pass; the others stay. */
  private Set<String> learning() {
    Set<String> names = new HashSet<>();
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Node> open = new ArrayDeque<>(List.of(program.outputs().get(0)));
    while (!open.isEmpty()) {
      Node node = open.pop();
      boolean passes = node.operator() != Operator.DETACH && node.type() == Tensor.Type.FLOAT;
      if (passes && seen.add(node)) {
        open.addAll(node.operands());
        if (node.operator() == Operator.PARAMETER) {
          names.add(node.name());
        }
      }
    }
    return names;
  }

  /** The names of the parameters in {@code w}: those that the loss teaches. */
  public List<String> trained() {
    return List.copyOf(trained);
  }

  /** The names of the stored values in {@code b}. */
  public List<String> buffers() {
    return List.copyOf(buffers);
  }

  /** The names of the graph's inputs that come first. */
  public List<String> inputs() {
    return program.inputs().stream().map(node -> node.name()).toList();
  }

  /** The program's source. */
  public String source() {
    List<String> arguments = new ArrayList<>(List.of("rate: Tensor"));
    arguments.addAll(Gradients.lists(Map.of("w", trained, "b", buffers, "m", trained)));
    return Source.step(
        program,
        arguments,
        Gradients.access(trained, buffers),
        "g_ = torch.grad([$0], w, None, None, False, False)",
        COLLECTED + optimizer.source() + results());
  }

  private static final String COLLECTED =
      """
      g = annotate(List[Tensor], [])
      for i_ in range(torch.len(g_)):
        a_ = torch.append(g, unchecked_cast(Tensor, g_[i_]))
      """;

  private String results() {
    List<String> results = new ArrayList<>();
    for (int i = 0; i < program.outputs().size(); i++) {
      results.add("torch.detach($" + i + ")");
    }
    return "return " + results + "\n";
  }
}
