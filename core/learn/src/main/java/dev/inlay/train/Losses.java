package dev.inlay.train;

import dev.inlay.InlayException;
import dev.inlay.Objective;
import dev.inlay.Tensor;
import dev.inlay.assemble.Assembly;
import dev.inlay.graph.Graph;
import dev.inlay.guard.Core;
import dev.inlay.guard.Guard;
import dev.inlay.spec.ObjectiveSpec;
import dev.inlay.torch.GradientProgram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What training lessens: the loss of the decoder's logits and, with their weights, those of the
 * outputs beside the path. They are described in a graph of their own, which begins with all of the
 * network's; the network's stays as it is.
 */
public final class Losses {

  /** The loss of the decoder's logits where none is named. */
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
   * @param loss of the decoder's logits (B,K,H,W); those of side outputs are the network's
   * @param ignore the label id that counts nowhere
   * @throws InlayException if an objective refuses its output, naming the output
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
      sum = sum.add(sum(each.getKey(), side.output(), side.objective()).mul(side.weight()));
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
      weighted.add(term.factor() == 1 ? loss : loss.mul(term.factor()));
    }
    return weighted.stream().reduce(Tensor::add).orElseThrow();
  }

  /** A single loss is called as its output, one of several also as its objective. */
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
        Guard.call(
            objective.name(),
            Core.origin(objective.getClass()),
            Core.VERSION,
            () ->
                graph.stage(
                    name,
                    () ->
                        objective.loss(term.options(), output, labels, ignore, graph.scope(name))));
    if (loss.rank() != 0 || loss.type() != Tensor.Type.FLOAT) {
      throw new InlayException(
          "%s: the objective '%s' gave a tensor of type %s and shape %s; a loss is of type FLOAT and has no axes."
              .formatted(name, objective.name(), loss.type(), loss.shape()));
    }
    if (graph.parameters().size() > parameters) {
      List<String> names = List.copyOf(graph.parameters().keySet());
      throw new InlayException(
          "%s: the objective '%s' has the parameter %s; objectives can't have any, as models keep those of stages alone."
              .formatted(name, objective.name(), names.get(parameters)));
    }
    return loss;
  }

  /** The network's graph with the labels and the losses. */
  public Graph graph() {
    return graph;
  }

  /** The weighted sum. */
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
   * The single losses without their factors and weights, and the counts of hits and misses, for a
   * training step to report.
   */
  public List<Tensor> reported() {
    List<Tensor> reported = new ArrayList<>(byName.values());
    reported.add(confusion);
    return reported;
  }
}
