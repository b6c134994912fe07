package dev.inlay.compile.pass;

import dev.inlay.graph.Node;
import dev.inlay.graph.Walk;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Finds the operations that may write to their first operand's memory because no other operation
 * reads it.
 *
 * <pre>
 *   v1 = conv(x); v2 = relu(v1)     becomes     v1 = conv(x); v2 = relu into v1's memory
 * </pre>
 */
public final class InPlace {

  private InPlace() {}

  /** The nodes of a program that may write in place; a backend may ignore it. */
  public static Set<Node> of(List<Node> roots) {
    Set<Node> once = Walk.readOnce(roots);
    Set<Node> nodes = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Node node : Walk.order(roots)) {
      if (node.operator().writesInPlace()) {
        Node target = node.operand(0);
        if (target.operator().isOverwritable()
            && once.contains(target)
            && target.type() == node.type()
            && target.shape().equals(node.shape())) {
          nodes.add(node);
        }
      }
    }
    return nodes;
  }
}
