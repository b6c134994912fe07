package dev.inlay.graph;

import dev.inlay.Dim;

/** What an operation costs: multiply-adds, by the kind of product. */
public sealed interface Cost {

  /** Multiply-adds of a convolution with stored weights. */
  record Convolution(Dim multiplyAdds) implements Cost {}

  /** Multiply-adds of a product of computed values: attention, dynamic filters. */
  record Attention(Dim multiplyAdds) implements Cost {}

  /** Cheap beside those. */
  record Free() implements Cost {}

  /** x, weight: each output value sums over one filter. */
  static Cost conv(Call call, Shape result) {
    Shape weight = call.shape(1);
    Dim filter = weight.dim(1).times(weight.dim(2)).times(weight.dim(3));
    Dim sum = result.size().times(filter);
    return isStored(call.node(1)) ? new Convolution(sum) : new Attention(sum);
  }

  /** x, weight: each input value meets one filter. */
  static Cost convTranspose(Call call, Shape result) {
    Shape weight = call.shape(1);
    Dim filter = weight.dim(1).times(weight.dim(2)).times(weight.dim(3));
    return new Convolution(call.shape(0).size().times(filter));
  }

  static Cost matmul(Call call, Shape result) {
    return new Attention(result.size().times(call.shape(0).dim(-1)));
  }

  static Cost einsum(Call call, Shape result) {
    if (call.list(1).size() == 1) {
      return new Free();
    }
    return new Attention(Shapes.einsumSizes(call).values().stream().reduce(Dim.of(1), Dim::times));
  }

  /** Expression, operands, and last the multiply-adds that its first operand was spared, if any. */
  static Cost raw(Call call, Shape result) {
    int last = call.arguments().size() - 1;
    return call.arguments().get(last) instanceof Dim spared
        ? new Attention(spared.times(-1))
        : new Free();
  }

  static Cost free(Call call, Shape result) {
    return new Free();
  }

  private static boolean isStored(Node weight) {
    return weight.operator() != Operator.INPUT
        && (weight.operator() == Operator.PARAMETER
            || weight.operands().stream().allMatch(Cost::isStored));
  }
}
