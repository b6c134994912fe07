package dev.inlay.train;

import dev.inlay.InlayException;
import dev.inlay.Objective;
import dev.inlay.Tensor;
import dev.inlay.assemble.Assembly;
import dev.inlay.graph.Graph;
import dev.inlay.guard.Guard;
import dev.inlay.spec.ObjectiveSpec;
import dev.inlay.torch.GradientProgram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The training loss: the loss of the decoder's logits plus the weighted losses of the side outputs.
 * The losses are described in an extended copy of the network's graph; the network's own graph does
 * not change.
 */
public final class Losses {

  /** The default loss of the decoder's logits. */
  public static final String DEFAULT = "cross-entropy";

  private static final String DECODER = "decoder";

  private final Graph graph;
  private final Tensor labels;
  private final int ignore;
  private final Map<String, Tensor> byName = new LinkedHashMap<>();
  private final Tensor total;
  private final Tensor confusion;

  /**
   * Describes the losses of a network.
   *
   * @param loss the objective of the decoder's logits (B,K,H,W); the network names those of side
   *     outputs
   * @param ignore the ignore index
   * @throws InlayException that names the output if an objective refuses it
   */
  public Losses(Assembly assembly, ObjectiveSpec loss, int ignore) {
    this.ignore = ignore;
    graph = assembly.graph().extended();
    Tensor image = assembly.image();
    labels =
        graph.input(
            GradientProgram.LABELS,
            Tensor.Type.INTEGER,
            image.batch(),
            image.height(),
            image.width());
    Tensor sum = sum(DECODER, assembly.fullLogits(), loss);
    for (Map.Entry<String, Assembly.Side> each : assembly.sides().entrySet()) {
      Assembly.Side side = each.getValue();
      sum = sum.plus(sum(each.getKey(), side.output(), side.objective()).times(side.weight()));
    }
    total = sum;
    confusion = assembly.fullLogits().confusion(labels, ignore);
  }

  /** The weighted sum of an output's losses. */
  private Tensor sum(String output, Tensor value, ObjectiveSpec spec) {
    List<Tensor> weighted = new ArrayList<>();
    for (ObjectiveSpec.Term<?> term : spec.terms()) {
      String name = freeName(output, spec.terms().size() == 1 ? "" : term.objective().name());
      Tensor loss = loss(name, term, value);
      byName.put(name, loss);
      weighted.add(term.factor() == 1 ? loss : loss.times(term.factor()));
    }
    return weighted.stream().reduce(Tensor::plus).orElseThrow();
  }

  /**
   * The name of a loss: its output's, followed by the objective's if the output has several losses.
   */
  private String freeName(String output, String objective) {
    String name = objective.isEmpty() ? output : output + ": " + objective;
    String free = name;
    for (int i = 2; byName.containsKey(free); i++) {
      free = name + "-" + i;
    }
    return free;
  }

  private <O extends Record> Tensor loss(String name, ObjectiveSpec.Term<O> term, Tensor output) {
    Objective<O> objective = term.objective();
    int parameters = graph.parameters().size();
    Tensor loss =
        Guard.answer(
            objective,
            "loss",
            () ->
                graph.stage(
                    name,
                    () ->
                        objective.loss(term.options(), output, labels, ignore, graph.scope(name))));
    if (loss.rank() != 0 || loss.type() != Tensor.Type.FLOAT) {
      throw new InlayException(
          "%s: the objective '%s' gave a tensor of type %s and shape %s, but a loss is one number of type FLOAT without axes. Reduce the loss to its mean."
              .formatted(name, objective.name(), loss.type(), loss.shape()));
    }
    if (graph.parameters().size() > parameters) {
      List<String> names = List.copyOf(graph.parameters().keySet());
      throw new InlayException(
          "%s: the objective '%s' has the parameter %s, but objectives cannot have parameters, because a model file keeps only the parameters of stages. Use a constant instead."
              .formatted(name, objective.name(), names.get(parameters)));
    }
    return loss;
  }

  /** The network's graph with the labels and the losses. */
  public Graph graph() {
    return graph;
  }

  /** The weighted sum of all losses, a scalar. */
  public Tensor total() {
    return total;
  }

  /**
   * The names of the single losses, the decoder's first: {@code decoder}, or one for each term,
   * {@code decoder: dice}.
   */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /**
   * The values that a training step reports: the single losses without factors and weights, then
   * the confusion matrix (K,K) of the decoder's logits.
   */
  public List<Tensor> reported() {
    List<Tensor> reported = new ArrayList<>(byName.values());
    reported.add(confusion);
    return reported;
  }
}
