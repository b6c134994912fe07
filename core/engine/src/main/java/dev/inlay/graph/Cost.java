package dev.inlay.graph;

import dev.inlay.Dim;
import dev.inlay.graph.Attributes.Equation;
import dev.inlay.graph.Attributes.None;
import dev.inlay.graph.Attributes.Sliding;
import dev.inlay.graph.Attributes.Spared;

/** The cost of an operation in multiply-adds, by the kind of product. */
public sealed interface Cost {

  /** Multiply-adds of a convolution with stored weights. */
  record Convolution(Dim multiplyAdds) implements Cost {}

  /** Multiply-adds of a product of computed values: attention, dynamic filters. */
  record Attention(Dim multiplyAdds) implements Cost {}

  /** Negligible cost. */
  record Free() implements Cost {}

  /** Each output value sums over one filter. */
  static Cost conv(Operands in, Sliding how, Shape result) {
    Dim sum = result.size().times(filter(in));
    return isStored(in.weight()) ? new Convolution(sum) : new Attention(sum);
  }

  /** Each input value is multiplied by one filter. */
  static Cost convTranspose(Operands in, Sliding how, Shape result) {
    return new Convolution(in.shape(0).size().times(filter(in)));
  }

  private static Dim filter(Operands in) {
    Shape weight = in.shape(Operands.WEIGHT);
    return weight.dim(1).times(weight.dim(2)).times(weight.dim(3));
  }

  static Cost matmul(Operands in, None how, Shape result) {
    return new Attention(result.size().times(in.shape(0).dim(-1)));
  }

  /** An equation of one tensor only rearranges it and is free. */
  static Cost einsum(Operands in, Equation how, Shape result) {
    return in.count() == 1
        ? new Free()
        : new Attention(Products.sizes(in, how).values().stream().reduce(Dim.of(1), Dim::times));
  }

  static Cost spared(Operands in, Spared how, Shape result) {
    return new Attention(how.multiplyAdds().times(-1));
  }

  static Cost free(Operands in, Attributes how, Shape result) {
    return new Free();
  }

  private static boolean isStored(Node weight) {
    return weight.operator() != Operator.INPUT
        && (weight.operator() == Operator.PARAMETER
            || weight.operands().stream().allMatch(Cost::isStored));
  }
}
