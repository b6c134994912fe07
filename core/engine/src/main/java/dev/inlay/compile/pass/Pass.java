package dev.inlay.compile.pass;

import dev.inlay.graph.Node;
import java.util.List;

/** One rewriting of a program. A program's options name those that it goes through, in order. */
public interface Pass {

  /** Maps the roots of a program to as many roots that compute the same. */
  List<Node> apply(List<Node> roots);

  /**
   * The inputs that a program can take after the rewriting; a program takes those that it reads.
   */
  default List<Node> inputs(List<Node> inputs) {
    return inputs;
  }
}
