package dev.inlay.graph;

import dev.inlay.Dim;
import dev.inlay.Window;
import java.util.List;

/**
 * What an operation is told besides its operands. Each operator's row says which of these records
 * it takes; shape rules, costs, rewritings and backends read them by name.
 */
public sealed interface Attributes {

  /** The sizes among the attributes: a program needs the symbols that they depend on. */
  default List<Dim> dims() {
    return List.of();
  }

  /** What a binary operation takes: a second operand, or a number in its place. */
  sealed interface Second extends Attributes permits None, Scalar {}

  /** The operands say everything. */
  record None() implements Second {}

  /**
   * The second value of an operation: a {@code Long} beside whole numbers, else a {@code Double}.
   */
  record Scalar(Number value) implements Second {}

  /** The name under which a program finds a value: of an input or a parameter. */
  record Name(String name) implements Attributes {}

  /** How a convolution slides; its number of groups may depend on the batch. */
  record Sliding(Window window, Dim groups) implements Attributes {
    @Override
    public List<Dim> dims() {
      return List.of(groups);
    }
  }

  /** How a pooling slides; {@code ceil} keeps ragged ends. */
  record Pooling(Window window, boolean ceil) implements Attributes {}

  /** The sizes of the result: (height, width) of a resampling, all of them of a reshaping. */
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

  /** Zero rows and columns on each side. */
  record Padding(Dim left, Dim right, Dim top, Dim bottom) implements Attributes {
    @Override
    public List<Dim> dims() {
      return List.of(left, right, top, bottom);
    }
  }

  /** A number of things: the factor of a pixel shuffle, the classes of a one-hot code. */
  record Count(int count) implements Attributes {}

  /** Batch normalisation: how fast the running statistics move, and what keeps roots from zero. */
  record BatchNorm(double momentum, double epsilon) implements Attributes {}

  /** Group normalisation. */
  record GroupNorm(int groups, double epsilon) implements Attributes {}

  /** Layer normalisation. */
  record LayerNorm(double epsilon) implements Attributes {}

  /** The share of values that dropout drops. */
  record Probability(double probability) implements Attributes {}

  /** The power of a size that a value is divided by. */
  record Power(Dim base, double exponent) implements Attributes {
    @Override
    public List<Dim> dims() {
      return List.of(base);
    }
  }

  /** The type that a value is converted to. */
  record Element(ElementType type) implements Attributes {}

  /** Axes: those of a reduction, or the order of a permutation. */
  record Axes(List<Integer> axes) implements Attributes {
    public Axes {
      axes = List.copyOf(axes);
    }
  }

  /** One axis, along which a softmax normalises or tensors are joined. */
  record Axis(int axis) implements Attributes {}

  /** The positions from {@code from} (included) to {@code to} (excluded) of an axis. */
  record Span(int axis, Dim from, Dim to) implements Attributes {
    @Override
    public List<Dim> dims() {
      return List.of(from, to);
    }
  }

  /** Einstein's summation, as in {@code bchw,bkhw->bck}. */
  record Equation(String text) implements Attributes {}

  /** Multiply-adds that a value was made with, but that a paper does not count. */
  record Spared(Dim multiplyAdds) implements Attributes {
    @Override
    public List<Dim> dims() {
      return List.of(multiplyAdds);
    }
  }

  /** The label that takes no part. */
  record Ignored(int label) implements Attributes {}

  /** Labels of so many classes, and the label that takes no part. */
  record Labelling(int classes, int ignored) implements Attributes {}

  /** An author's own expression in TorchScript, over {@code $0}, {@code $1}, … */
  record Expression(String torch) implements Attributes {}
}
