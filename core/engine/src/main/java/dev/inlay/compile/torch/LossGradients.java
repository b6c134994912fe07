package dev.inlay.compile.torch;

import dev.inlay.Tensor;
import dev.inlay.compile.OptimizerUpdate;
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
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The first of the two programs of a training step: forward, losses, backward, running statistics.
 * Its arguments are the graph's inputs, then lists: {@code w} of trained parameters, {@code b} of
 * buffers. It returns the loss, the reported values, and the gradients of {@code w}. {@link
 * OptimizerUpdate} is the second program.
 */
public final class LossGradients {

  private final Program program;
  private final Map<String, Parameter> parameters;
  private final List<String> trained = new ArrayList<>();
  private final List<String> buffers = new ArrayList<>();

  /**
   * Compiles losses and gradients.
   *
   * @param loss the training loss, a scalar
   * @param reported the values that the program returns besides the loss
   */
  public LossGradients(
      Graph graph, Tensor loss, List<? extends Tensor> reported, ProgramOptions options) {
    this(graph, loss, reported, options, parameter -> false);
  }

  /**
   * Compiles losses and gradients with frozen parameters.
   *
   * @param loss the training loss, a scalar
   * @param reported the values that the program returns besides the loss
   * @param frozen the parameters without a gradient
   */
  public LossGradients(
      Graph graph,
      Tensor loss,
      List<? extends Tensor> reported,
      ProgramOptions options,
      Predicate<Parameter> frozen) {
    List<Tensor> outputs = new ArrayList<>(List.of(loss));
    outputs.addAll(reported);
    this.program = new Program(graph, outputs, options);
    this.parameters = graph.parameters();
    List<String> all = new ArrayList<>(program.stored());
    program.updates().stream()
        .map(update -> update.stored().name())
        .filter(name -> !all.contains(name))
        .forEach(all::add);
    Set<String> learning = learning();
    for (String name : all) {
      Parameter parameter = parameters.get(name);
      boolean learns =
          parameter != null
              && parameter.isTrained()
              && learning.contains(name)
              && !frozen.test(parameter);
      (learns ? trained : buffers).add(name);
    }
  }

  /** The parameters that the loss depends on without a detach; others are not trained. */
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

  /** The names of the parameters in {@code w}: those with a gradient. */
  public List<String> trained() {
    return List.copyOf(trained);
  }

  /** The parameters in {@code w}. */
  public List<Parameter> trainedParameters() {
    return trained.stream().map(name -> Objects.requireNonNull(parameters.get(name))).toList();
  }

  /** The names of the stored values in {@code b}. */
  public List<String> buffers() {
    return List.copyOf(buffers);
  }

  /** The names of the graph's inputs, the first arguments. */
  public List<String> inputs() {
    return program.inputs().stream().map(node -> node.name()).toList();
  }

  /** The number of results before the gradients: the loss and the reported values. */
  public int reported() {
    return program.outputs().size();
  }

  /** The program's source. */
  public String source() {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < program.outputs().size(); i++) {
      values.add("torch.detach($" + i + ")");
    }
    String results =
        """
        r = annotate(List[Tensor], %s)
        for i_ in range(torch.len(g_)):
          a_ = torch.append(r, unchecked_cast(Tensor, g_[i_]))
        return r
        """
            .formatted(values);
    return Source.step(
        program,
        Gradients.lists(Map.of("w", trained, "b", buffers)),
        Gradients.access(trained, buffers),
        "g_ = torch.grad([$0], w, None, None, False, False)",
        results);
  }
}
