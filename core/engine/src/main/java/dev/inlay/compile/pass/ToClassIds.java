package dev.inlay.compile.pass;

import dev.inlay.graph.ElementType;
import dev.inlay.graph.Node;
import java.util.List;

/**
 * Replaces the logits at the end of a program by class ids, one byte each.
 *
 * <pre>
 *   ... - logits (B,K,H,W)     becomes     ... - logits - ARGMAX - CAST(uint8) - ids (B,H,W)
 * </pre>
 */
public record ToClassIds() implements Pass {

  @Override
  public List<Node> apply(List<Node> roots) {
    return roots.stream().map(ToClassIds::ids).toList();
  }

  private static Node ids(Node logits) {
    Node largest = (Node) logits.argmax(1);
    return (Node)
        largest.cast(ElementType.UINT8).reshape(logits.batch(), logits.height(), logits.width());
  }
}
