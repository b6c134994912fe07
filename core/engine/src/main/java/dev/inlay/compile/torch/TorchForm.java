package dev.inlay.compile.torch;

import dev.inlay.graph.Attributes;

/** How an operator is written in TorchScript. */
@FunctionalInterface
interface TorchForm<A extends Attributes> {

  /** The expression that computes the operation. */
  String write(TorchCall call, A attributes);
}
