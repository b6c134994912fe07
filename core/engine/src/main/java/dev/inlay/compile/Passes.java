package dev.inlay.compile;

import dev.inlay.Tensor;
import dev.inlay.graph.Node;
import dev.inlay.graph.Nodes;
import dev.inlay.graph.Operator;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The rewritings that make a described graph a program; each maps roots to equivalent roots. */
final class Passes {

  private static final int WEIGHT = 1;
  private static final int BIAS = 2;

  private Passes() {}

  /** Dropout does nothing in inference. */
  static List<Node> withoutDropout(List<Node> roots) {
    return Nodes.rewrite(
        roots,
        (old, node) ->
            node.operator() == Operator.DROPOUT || node.operator() == Operator.CHANNEL_DROPOUT
                ? node.operand(0)
                : node);
  }

  /**
   * Merges batch normalisation into the convolution before it: w' = w s and b' = (b - mean) s +
   * shift, where s = scale / sqrt(variance + epsilon).
   */
  static List<Node> folded(List<Node> roots) {
    Set<Node> once = Nodes.readOnce(roots);
    Set<Node> stored = Nodes.stored(roots);
    return Nodes.rewrite(
        roots,
        (old, node) -> {
          boolean folds =
              old.operator() == Operator.BATCH_NORM
                  && old.operand(0).operator() == Operator.CONV
                  && once.contains(old.operand(0))
                  && stored.contains(old.operand(0).operand(WEIGHT));
          return folds ? fold(node, node.operand(0)) : node;
        });
  }

  private static Node fold(Node norm, Node conv) {
    Tensor weight = conv.operand(WEIGHT);
    Tensor mean = norm.operand(3);
    double epsilon = (Double) Objects.requireNonNull(norm.arguments().get(7));
    Tensor scale = norm.operand(1).mul(norm.operand(4).add(epsilon).rsqrt());
    Tensor centred =
        conv.arguments().get(BIAS) instanceof Node bias ? bias.sub(mean) : mean.mul(-1);
    Tensor perFilter = scale.reshape(weight.dim(0), 1, 1, 1);
    return conv.withArgument(WEIGHT, weight.mul(perFilter))
        .withArgument(BIAS, centred.mul(scale).add(norm.operand(2)));
  }

  /** Lays the image and every filter out with channels innermost; the engine keeps it so. */
  static List<Node> channelsLast(List<Node> roots) {
    return Nodes.rewrite(
        roots,
        (old, node) ->
            switch (node.operator()) {
              case INPUT -> node.rank() == 4 ? node.channelsLast() : node;
              case CONV -> node.withArgument(WEIGHT, node.operand(WEIGHT).channelsLast());
              default -> node;
            });
  }

  /**
   * Sets apart what depends on parameters alone, so that it is computed once and not in each run.
   *
   * @param prepared filled with those values by the names under which the program finds them
   */
  static List<Node> prepared(List<Node> roots, Map<String, Node> prepared) {
    Set<Node> stored = Nodes.stored(roots);
    Map<Node, Node> cut = new IdentityHashMap<>();
    for (Node node : Nodes.order(roots)) {
      if (stored.contains(node)) {
        continue;
      }
      for (Node operand : node.operands()) {
        if (stored.contains(operand)
            && operand.operator() != Operator.PARAMETER
            && !cut.containsKey(operand)) {
          String name = "prepared." + prepared.size();
          prepared.put(name, operand);
          cut.put(operand, operand.asStored(name));
        }
      }
    }
    return Nodes.rewrite(roots, (old, node) -> cut.getOrDefault(old, node));
  }

  /** The nodes that may write into their first operand's memory, which nobody else reads. */
  static Set<Node> inPlace(List<Node> roots) {
    Set<Node> once = Nodes.readOnce(roots);
    Set<Node> nodes = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Node node : Nodes.order(roots)) {
      if (node.operator().writesInPlace()) {
        Node target = node.operand(0);
        if (target.operator().isOverwritable()
            && once.contains(target)
            && target.type() == node.type()
            && target.shape().equals(node.shape())) {
          nodes.add(node);
        }
      }
    }
    return nodes;
  }
}
