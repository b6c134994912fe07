package dev.inlay.compile.pass;

import dev.inlay.graph.Node;
import java.util.List;

/** A pass: it rewrites the nodes of a program. A program's options list its passes in order. */
public interface Pass {

  /** Maps the roots of a program to the same number of roots with the same meaning. */
  List<Node> apply(List<Node> roots);

  /** Whether a training step still updates a stored value, such as a counter. */
  default boolean updates(String stored) {
    return true;
  }

  /**
   * The inputs that are available after the pass; a program takes only the inputs that it reads.
   */
  default List<Node> inputs(List<Node> inputs) {
    return inputs;
  }
}
