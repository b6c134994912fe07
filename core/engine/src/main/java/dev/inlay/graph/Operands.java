package dev.inlay.graph;

import java.util.List;
import java.util.Optional;

/**
 * The operands of one operation. Convolutions and normalisations take their operands in the same
 * order: the value, weight and bias, running mean and variance.
 */
public record Operands(List<Node> nodes) {

  public static final int WEIGHT = 1;
  public static final int BIAS = 2;
  public static final int MEAN = 3;
  public static final int VARIANCE = 4;

  /** The value that the operation works on. */
  public Node value() {
    return nodes.get(0);
  }

  public Node weight() {
    return nodes.get(WEIGHT);
  }

  /** The bias of a convolution or a normalisation; empty for a convolution without bias. */
  public Optional<Node> bias() {
    return nodes.size() > BIAS ? Optional.of(nodes.get(BIAS)) : Optional.empty();
  }

  public Node mean() {
    return nodes.get(MEAN);
  }

  public Node variance() {
    return nodes.get(VARIANCE);
  }

  int count() {
    return nodes.size();
  }

  Shape shape(int place) {
    return nodes.get(place).layout();
  }

  List<Shape> shapes() {
    return nodes.stream().map(Node::layout).toList();
  }
}
