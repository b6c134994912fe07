package dev.inlay.compile.pass;

import dev.inlay.Tensor;
import dev.inlay.graph.Attributes;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operands;
import dev.inlay.graph.Operator;
import dev.inlay.graph.Walk;
import java.util.List;
import java.util.Set;

/**
 * Merges batch normalisation into the convolution before it.
 *
 * <pre>
 *   x - CONV(w, b) - BATCH_NORM(scale, shift, mean, variance)     becomes     x - CONV(w s, b')
 *
 *   s = scale / sqrt(variance + epsilon)      b' = (b - mean) s + shift
 * </pre>
 *
 * <p>The convolution's result must have no other user. Its weight must depend on parameters alone,
 * so that the new weight is computed once.
 */
public record FoldedNorm() implements Pass {

  @Override
  public List<Node> apply(List<Node> roots) {
    Set<Node> once = Walk.readOnce(roots);
    Set<Node> stored = Walk.stored(roots);
    return Walk.rewrite(
        roots,
        (old, node) -> {
          boolean folds =
              old.operator() == Operator.BATCH_NORM
                  && old.operand(0).operator() == Operator.CONV
                  && once.contains(old.operand(0))
                  && stored.contains(old.operand(0).roles().weight());
          return folds ? fold(node, node.operand(0)) : node;
        });
  }

  private static Node fold(Node normalisation, Node conv) {
    Operands norm = normalisation.roles();
    double epsilon = normalisation.attributes(Attributes.BatchNorm.class).epsilon();
    Tensor mean = norm.mean();
    Tensor scale = norm.weight().times(norm.variance().plus(epsilon).rsqrt());
    Tensor centred = conv.roles().bias().map(bias -> bias.minus(mean)).orElse(mean.times(-1));
    Tensor weight = conv.roles().weight();
    Tensor scaled = weight.times(scale.reshape(weight.dim(0), 1, 1, 1));
    Tensor bias = centred.times(scale).plus(norm.bias().orElseThrow());
    return conv.withOperands(List.of(conv.operand(0), (Node) scaled, (Node) bias));
  }
}
