package dev.inlay.graph;

import java.util.List;

/**
 * What a backend makes of an operation.
 *
 * @param <T> what stands for a value in the backend, such as the name of a variable
 */
public interface Lowering<T> {

  /** Makes the value of a node from those of its operands. */
  T lower(Node node, List<T> operands);
}
