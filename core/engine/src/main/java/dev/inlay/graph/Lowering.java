package dev.inlay.graph;

import java.util.List;

/**
 * The translation of an operation for a backend.
 *
 * @param <T> a value in the backend's form, such as the name of a variable
 */
public interface Lowering<T> {

  /** The translated node, from its translated operands. */
  T lower(Node node, List<T> operands);
}
