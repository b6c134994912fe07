package dev.inlay.compile;

import dev.inlay.graph.Operator;

/** A single number in an update of lists: the learning rate, a constant, or made of such. */
public sealed interface ListScalar {

  /** The learning rate of the step. */
  record Rate() implements ListScalar {}

  /** A number that the optimizer's description names. */
  record Constant(Number value) implements ListScalar {}

  /** A sum, difference, product or quotient of two. */
  record Computed(Operator operator, ListScalar left, ListScalar right) implements ListScalar {}
}
