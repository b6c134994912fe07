package dev.inlay.compile.pass;

import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import dev.inlay.graph.Walk;
import java.util.List;

/**
 * Removes dropout, which has no effect in inference.
 *
 * <pre>
 *   x - DROPOUT - y     becomes     x - y
 * </pre>
 */
public record WithoutDropout() implements Pass {

  @Override
  public List<Node> apply(List<Node> roots) {
    return Walk.rewrite(roots, (old, node) -> drops(node) ? node.operand(0) : node);
  }

  private static boolean drops(Node node) {
    return node.operator() == Operator.DROPOUT || node.operator() == Operator.CHANNEL_DROPOUT;
  }
}
