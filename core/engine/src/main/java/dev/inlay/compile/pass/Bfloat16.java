package dev.inlay.compile.pass;

import dev.inlay.Tensor;
import dev.inlay.graph.ElementType;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import dev.inlay.graph.Walk;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Computes convolutions and matrix products in bfloat16, statistics and losses in float32.
 * Parameters are stored as float32 and converted at each use.
 *
 * <pre>
 *   x - CONV(w) - SOFTMAX     becomes     x - CAST(bf16) - CONV(w - CAST(bf16)) - CAST(f32) - SOFTMAX
 * </pre>
 *
 * <p>The operator's row gives its precision; the program's roots are float32.
 */
public record Bfloat16() implements Pass {

  @Override
  public List<Node> apply(List<Node> roots) {
    Rewriting rewriting = new Rewriting();
    List<Node> mixed = Walk.rewrite(roots, (old, node) -> rewriting.rewrite(node));
    return mixed.stream().map(rewriting::widen).toList();
  }

  /** The types of a program's values and their conversions. */
  private static final class Rewriting {

    private final Set<Node> low = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Node, Node> narrowed = new IdentityHashMap<>();
    private final Map<Node, Node> widened = new IdentityHashMap<>();

    private Node rewrite(Node node) {
      if (node.operands().isEmpty()) {
        return node;
      }
      if (node.type() != Tensor.Type.FLOAT) {
        return node.withOperands(this::widen);
      }
      return switch (node.operator().precision()) {
        case LOW -> low(node.withOperands(this::narrow));
        case FULL -> node.withOperands(this::widen);
        case FOLLOW -> followed(node);
      };
    }

    /**
     * Converts all operands to float32 if one is float32. Batch normalisation's vectors stay
     * float32 in any case.
     */
    private Node followed(Node node) {
      boolean leads = node.operator() == Operator.BATCH_NORM;
      List<Node> data = leads ? List.of(node.operand(0)) : node.operands();
      boolean allLow =
          data.stream().allMatch(o -> low.contains(o) || o.type() != Tensor.Type.FLOAT);
      boolean anyLow = data.stream().anyMatch(low::contains);
      return allLow && anyLow ? low(node) : node.withOperands(this::widen);
    }

    private Node low(Node node) {
      low.add(node);
      return node;
    }

    private Node narrow(Node node) {
      if (low.contains(node) || node.type() != Tensor.Type.FLOAT) {
        return node;
      }
      return narrowed.computeIfAbsent(node, wide -> low(wide.cast(ElementType.BFLOAT16)));
    }

    private Node widen(Node node) {
      return low.contains(node)
          ? widened.computeIfAbsent(node, n -> n.cast(ElementType.FLOAT32))
          : node;
    }
  }
}
