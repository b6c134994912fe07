package dev.inlay.compile;

import dev.inlay.Tensor;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
    for (String name : all) {
      Parameter parameter = parameters.get(name);
      (parameter != null && parameter.isTrained() ? trained : buffers).add(name);
    }
  }

  /** The names of the parameters in {@code w}. */
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
    String backward = GRADIENTS.formatted("$0") + optimizer.source() + results();
    List<String> arguments = new ArrayList<>(List.of("rate: Tensor"));
    arguments.addAll(Gradients.lists(Map.of("w", trained, "b", buffers, "m", trained)));
    return Source.step(program, arguments, Gradients.access(trained, buffers), backward);
  }

  private static final String GRADIENTS =
      """
      g_ = torch.grad([%s], w, None, None, False, False)
      torch.set_grad_enabled(False)
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
