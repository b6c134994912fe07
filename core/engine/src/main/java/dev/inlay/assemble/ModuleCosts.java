package dev.inlay.assemble;

import dev.inlay.Tensor;
import dev.inlay.graph.Cost;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import dev.inlay.graph.Parameter;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The parameters and multiply-adds of one tensor, computed from other tensors that are given.
 *
 * @param parameters trained values
 * @param convMacs multiply-adds of convolutions
 * @param attentionMacs multiply-adds of products of computed values
 */
public record ModuleCosts(long parameters, long convMacs, long attentionMacs) {

  /**
   * Counts the costs of a tensor.
   *
   * @param given tensors that are computed already; they and their own operands are not counted
   * @param size the sizes by their symbols
   */
  public static ModuleCosts of(
      Graph graph, Tensor result, Collection<? extends Tensor> given, Map<String, Long> size) {
    Set<Tensor> done = Collections.newSetFromMap(new IdentityHashMap<>());
    done.addAll(given);
    Deque<Node> open = new ArrayDeque<>();
    open.push((Node) result);
    ModuleCosts sum = new ModuleCosts(0, 0, 0);
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (done.add(node)) {
        sum = sum.plus(of(graph, node, size));
        node.operands().forEach(open::push);
      }
    }
    return sum;
  }

  private static ModuleCosts of(Graph graph, Node node, Map<String, Long> size) {
    Parameter parameter =
        node.operator() == Operator.PARAMETER ? graph.parameters().get(node.name()) : null;
    long trained = parameter != null && parameter.isTrained() ? parameter.size() : 0;
    long conv = node.cost() instanceof Cost.Convolution c ? c.multiplyAdds().value(size) : 0;
    long attention = node.cost() instanceof Cost.Attention a ? a.multiplyAdds().value(size) : 0;
    return new ModuleCosts(trained, conv, attention);
  }

  private ModuleCosts plus(ModuleCosts other) {
    return new ModuleCosts(
        parameters + other.parameters,
        convMacs + other.convMacs,
        attentionMacs + other.attentionMacs);
  }

  /** Floating-point operations: two for each multiply-add. */
  public long flop() {
    return 2 * (convMacs + attentionMacs);
  }
}
