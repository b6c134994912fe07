package dev.inlay.graph;

import dev.inlay.Dim;
import dev.inlay.Window;
import java.util.List;

/**
 * The attributes of an operation, besides its operands. Each operator's row names one of these
 * records; shape rules, costs, passes and backends read its components.
 */
public sealed interface Attributes {

  /** The sizes among the attributes, whose symbols a program must bind. */
  default List<Dim> dims() {
    return List.of();
  }

  /** The attributes of a binary operation: none for a second operand, or a number. */
  sealed interface Second extends Attributes permits None, Scalar {}

  /** No attributes. */
  record None() implements Second {}

  /** A number as the second operand: a {@code Long} for whole numbers, else a {@code Double}. */
  record Scalar(Number value) implements Second {}

  /** The name of an input or a parameter. */
  record Name(String name) implements Attributes {}

  /** The window of a convolution and its number of groups, which may depend on the batch. */
  record Sliding(Window window, Dim groups) implements Attributes {
    @Override
    public List<Dim> dims() {
      return List.of(groups);
    }
  }

  /** The window of a pooling; {@code ceil} keeps partial windows. */
  record Pooling(Window window, boolean ceil) implements Attributes {}

  /** The sizes of the result: (height, width) of a resampling, all sizes of a reshaping. */
  record Sizes(List<Dim> sizes) implements Attributes {
    public Sizes {
      sizes = List.copyOf(sizes);
    }

    @Override
    public List<Dim> dims() {
      return sizes;
    }
  }

  /** Bilinear interpolation to a size. */
  record Interpolation(Dim height, Dim width, boolean alignCorners) implements Attributes {
    @Override
    public List<Dim> dims() {
      return List.of(height, width);
    }
  }

  /** The numbers of zero rows and columns on each side. */
  record Padding(Dim left, Dim right, Dim top, Dim bottom) implements Attributes {
    @Override
    public List<Dim> dims() {
      return List.of(left, right, top, bottom);
    }
  }

  /** The factor of a pixel shuffle, or the number of classes of a one-hot encoding. */
  record Count(int count) implements Attributes {}

  /**
   * The momentum of the running statistics and the epsilon of the variance.
   *
   * @param fixed whether training, too, normalises by the running statistics and leaves them
   */
  record BatchNorm(double momentum, double epsilon, boolean fixed) implements Attributes {}

  /** The number of groups and the epsilon of group normalisation. */
  record GroupNorm(int groups, double epsilon) implements Attributes {}

  /** The epsilon of layer normalisation. */
  record LayerNorm(double epsilon) implements Attributes {}

  /** The probability of dropout. */
  record Probability(double probability) implements Attributes {}

  /** The base and the exponent of a divisor. */
  record Power(Dim base, double exponent) implements Attributes {
    @Override
    public List<Dim> dims() {
      return List.of(base);
    }
  }

  /** The target type of a conversion. */
  record Element(ElementType type) implements Attributes {}

  /** The axes of a reduction, or the order of a permutation. */
  record Axes(List<Integer> axes) implements Attributes {
    public Axes {
      axes = List.copyOf(axes);
    }
  }

  /** The axis of a softmax, a concatenation, a cumulative sum or a choice of positions. */
  record Axis(int axis) implements Attributes {}

  /** The axis and the direction of an order by size. */
  record Order(int axis, boolean descending) implements Attributes {}

  /** The numbers of a vector. */
  record Numbers(List<Double> values) implements Attributes {
    public Numbers {
      values = List.copyOf(values);
    }
  }

  /** The positions {@code from} (inclusive) to {@code to} (exclusive) of an axis. */
  record Span(int axis, Dim from, Dim to) implements Attributes {
    @Override
    public List<Dim> dims() {
      return List.of(from, to);
    }
  }

  /** The equation of an Einstein summation, as in {@code bchw,bkhw->bck}. */
  record Equation(String text) implements Attributes {}

  /** The multiply-adds of a value that a paper does not count. */
  record Spared(Dim multiplyAdds) implements Attributes {
    @Override
    public List<Dim> dims() {
      return List.of(multiplyAdds);
    }
  }

  /** The ignore index. */
  record Ignored(int label) implements Attributes {}

  /** The number of classes and the ignore index. */
  record Labelling(int classes, int ignored) implements Attributes {}

  /** An author's own expression in TorchScript, over {@code $0}, {@code $1}, … */
  record Expression(String torch) implements Attributes {}
}
