package dev.inlay.compile;

import dev.inlay.graph.Operator;

/** A number in a list update: the learning rate, a constant, or an expression of these. */
public sealed interface ListScalar {

  /** The learning rate of the step. */
  record Rate() implements ListScalar {}

  /** A constant of the optimizer's description. */
  record Constant(Number value) implements ListScalar {}

  /** A sum, difference, product or quotient of two numbers. */
  record Computed(Operator operator, ListScalar left, ListScalar right) implements ListScalar {}
}
