package dev.inlay.compile;

import dev.inlay.Dim;
import dev.inlay.InlayException;
import dev.inlay.Tensor;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Node;
import dev.inlay.graph.Parameter;
import dev.inlay.guard.Guard;
import java.util.ArrayList;
import java.util.List;

/**
 * An optimizer's description for a parameter of one shape: the weight and the optimizer's memory
 * after a step.
 *
 * @param graph the graph with the inputs {@link #WEIGHT}, {@link #GRADIENT} and {@link #RATE} and
 *     the memory as parameters
 * @param next the new weight
 */
public record DescribedUpdate(Graph graph, Node weight, Node gradient, Node rate, Node next) {

  /** The name of the input for the weight. */
  public static final String WEIGHT = "weight";

  /** The name of the input for the gradient. */
  public static final String GRADIENT = "gradient";

  /** The name of the input for the learning rate, a scalar. */
  public static final String RATE = "rate";

  /**
   * The description by an optimizer.
   *
   * @throws InlayException if the new weight has another shape, or the memory holds a trained
   *     parameter
   */
  static <O extends Record> DescribedUpdate of(OptimizerRule<O> rule, List<Long> shape) {
    Graph graph = new Graph();
    Dim[] sizes = shape.stream().map(Dim::of).toArray(Dim[]::new);
    Tensor weight = graph.input(WEIGHT, Tensor.Type.FLOAT, sizes);
    Tensor gradient = graph.input(GRADIENT, Tensor.Type.FLOAT, sizes);
    Tensor rate = graph.input(RATE, Tensor.Type.FLOAT);
    Tensor scaled = rule.rateFactor() == 1 ? rate : rate.times(rule.rateFactor());
    String name = rule.optimizer().name();
    Tensor next =
        Guard.answer(
            rule.optimizer(),
            "next",
            () ->
                graph.stage(
                    name,
                    () ->
                        rule.optimizer()
                            .next(rule.options(), weight, gradient, scaled, graph.scope(""))));
    DescribedUpdate described =
        new DescribedUpdate(graph, (Node) weight, (Node) gradient, (Node) rate, (Node) next);
    described.check(name);
    return described;
  }

  private void check(String optimizer) {
    if (next.type() != Tensor.Type.FLOAT || !next.shape().equals(weight.shape())) {
      throw new InlayException(
          "The optimizer '%s' returns a weight %s for a weight %s. It must keep the shape and the type."
              .formatted(optimizer, next, weight));
    }
    for (Parameter parameter : memory()) {
      if (parameter.isTrained()) {
        throw new InlayException(
            "The optimizer '%s' has the trained parameter '%s' in its memory. It may have buffers and counters."
                .formatted(optimizer, parameter.name()));
      }
    }
    for (Graph.Update update : graph.updates()) {
      if (!update.value().shape().equals(update.stored().shape())
          || update.value().type() != update.stored().type()) {
        throw new InlayException(
            "The optimizer '%s' stores %s as '%s', which is %s. An update must keep the shape and the type."
                .formatted(optimizer, update.value(), update.stored().name(), update.stored()));
      }
    }
  }

  /** The optimizer's buffers and counters for one parameter, by their names in its scope. */
  public List<Parameter> memory() {
    return List.copyOf(graph.parameters().values());
  }

  /** The new weight, then the new values of the memory in the order of the graph's updates. */
  public List<Node> results() {
    List<Node> results = new ArrayList<>(List.of(next));
    graph.updates().forEach(update -> results.add(update.value()));
    return results;
  }
}
