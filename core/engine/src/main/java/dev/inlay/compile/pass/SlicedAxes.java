package dev.inlay.compile.pass;

import dev.inlay.graph.Attributes;
import dev.inlay.graph.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Which part of its operands an operation needs for a slice of its result.
 *
 * @param ofOperands for each operand the axis of the same slice; {@link #WHOLE} for an operand that
 *     is needed as a whole
 */
record SlicedAxes(List<Integer> ofOperands) {

  static final int WHOLE = -1;

  /**
   * The axes for a slice of an operation's result along an axis; empty if the operation does not
   * compute its slices independently.
   */
  static Optional<SlicedAxes> of(Node node, int axis) {
    return switch (node.operator()) {
      case RELU,
          LEAKY_RELU,
          SIGMOID,
          TANH,
          EXP,
          LOG,
          SQRT,
          RSQRT,
          ABS,
          POW,
          ADD,
          SUB,
          MUL,
          DIV,
          DIV_BY_SIZE,
          MAXIMUM,
          AT_LEAST,
          EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          NOT,
          MASKED_FILL,
          WHERE,
          AS_FLOAT,
          CAST,
          DETACH,
          SPARED ->
          Optional.of(broadcast(node, axis));
      case SOFTMAX, LOG_SOFTMAX ->
          along(node, axis, List.of(node.attributes(Attributes.Axis.class).axis()));
      case MEAN, SUM, MAX, MIN -> along(node, axis, node.attributes(Attributes.Axes.class).axes());
      case PERMUTE ->
          Optional.of(one(node.attributes(Attributes.Axes.class).axes().get(axis), node));
      case MATMUL -> Optional.of(ofProduct(node, axis));
      case EINSUM -> ofLetter(node, result(node).charAt(axis));
      default -> Optional.empty();
    };
  }

  /**
   * The axes of the operands over which a product or a sum sums: its result is the sum of the
   * results for slices along them.
   */
  static List<SlicedAxes> summed(Node node) {
    return switch (node.operator()) {
      case MATMUL -> List.of(new SlicedAxes(List.of(node.rank() - 1, node.rank() - 2)));
      case EINSUM ->
          sides(node)[0]
              .chars()
              .distinct()
              .filter(letter -> letter != ',' && result(node).indexOf(letter) < 0)
              .mapToObj(letter -> ofLetter(node, (char) letter))
              .flatMap(Optional::stream)
              .toList();
      case SUM ->
          node.attributes(Attributes.Axes.class).axes().stream()
              .map(axis -> one(positive(axis, node), node))
              .toList();
      default -> List.of();
    };
  }

  private static SlicedAxes one(int axis, Node node) {
    return new SlicedAxes(List.of(positive(axis, node)));
  }

  private static int positive(int axis, Node node) {
    return axis < 0 ? axis + node.rank() : axis;
  }

  /** Operands are aligned at their last axes; one of size 1 is repeated. */
  private static SlicedAxes broadcast(Node node, int axis) {
    List<Integer> axes = new ArrayList<>();
    for (Node operand : node.operands()) {
      int own = axis - (node.rank() - operand.rank());
      boolean repeats = own < 0 || operand.dim(own).isExactly(1);
      axes.add(repeats ? WHOLE : own);
    }
    return new SlicedAxes(axes);
  }

  /** An operation that needs all values along some axes. */
  private static Optional<SlicedAxes> along(Node node, int axis, List<Integer> whole) {
    boolean independent = whole.stream().noneMatch(each -> positive(each, node) == axis);
    return independent ? Optional.of(one(axis, node)) : Optional.empty();
  }

  private static SlicedAxes ofProduct(Node node, int axis) {
    int rows = node.rank() - 2;
    int columns = node.rank() - 1;
    return new SlicedAxes(List.of(axis == columns ? WHOLE : axis, axis == rows ? WHOLE : axis));
  }

  private static Optional<SlicedAxes> ofLetter(Node node, char letter) {
    List<Integer> axes = new ArrayList<>();
    for (String letters : sides(node)[0].split(",", -1)) {
      if (letters.indexOf(letter) != letters.lastIndexOf(letter)) {
        return Optional.empty();
      }
      axes.add(letters.indexOf(letter));
    }
    return Optional.of(new SlicedAxes(Collections.unmodifiableList(axes)));
  }

  private static String result(Node node) {
    return sides(node)[1];
  }

  private static String[] sides(Node node) {
    return node.attributes(Attributes.Equation.class).text().split("->", -1);
  }
}
