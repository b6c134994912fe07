package dev.inlay.compile.pass;

import dev.inlay.Tensor;
import dev.inlay.graph.ElementType;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import dev.inlay.graph.Walk;
import java.util.List;

/**
 * Computes in double precision, given inputs and parameters in double precision. The engine keeps
 * the precision of floating-point operands; what it makes from whole numbers and truth values alone
 * is converted.
 *
 * <pre>
 *   labels - ONE_HOT - AS_FLOAT - y     becomes     labels - ONE_HOT - AS_FLOAT - CAST(f64) - y
 * </pre>
 */
public record Float64() implements Pass {

  @Override
  public List<Node> apply(List<Node> roots) {
    return Walk.rewrite(roots, (old, node) -> rewrite(node));
  }

  private static Node rewrite(Node node) {
    if (node.type() != Tensor.Type.FLOAT || node.operands().isEmpty()) {
      return node;
    }
    boolean fromFloats = node.operands().stream().anyMatch(o -> o.type() == Tensor.Type.FLOAT);
    if (node.operator() == Operator.AS_FLOAT && fromFloats) {
      return node.operand(0);
    }
    return fromFloats ? node : node.cast(ElementType.FLOAT64);
  }
}
