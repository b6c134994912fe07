package dev.inlay.graph;

import dev.inlay.Check;
import dev.inlay.Dim;
import dev.inlay.Tensor.Type;
import dev.inlay.graph.Attributes.Axes;
import dev.inlay.graph.Attributes.Axis;
import dev.inlay.graph.Attributes.Count;
import dev.inlay.graph.Attributes.Interpolation;
import dev.inlay.graph.Attributes.None;
import dev.inlay.graph.Attributes.Order;
import dev.inlay.graph.Attributes.Padding;
import dev.inlay.graph.Attributes.Scalar;
import dev.inlay.graph.Attributes.Second;
import dev.inlay.graph.Attributes.Sizes;
import dev.inlay.graph.Attributes.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Shape rules: the shape of a result from the operation's operands and attributes. */
final class Shapes {

  private Shapes() {}

  static Shape same(Operands in, Attributes how) {
    return in.shape(0);
  }

  static Shape map(Operands in, String what) {
    Shape x = in.shape(0);
    Check.that(x.rank() == 4, "%s needs a map (B,C,H,W), got %s", what, x);
    return x;
  }

  /** A map (B,C,H,W) to (B,C,height,width). */
  static Shape toSize(Operands in, Sizes how) {
    Shape x = map(in, "an interpolation");
    return x.with(2, how.sizes().get(0)).with(3, how.sizes().get(1));
  }

  static Shape interpolated(Operands in, Interpolation how) {
    Shape x = map(in, "an interpolation");
    return x.with(2, how.height()).with(3, how.width());
  }

  /** A map (B,C*r*r,H,W) to (B,C,H*r,W*r) for the factor r. */
  static Shape pixelShuffle(Operands in, Count how) {
    Shape x = map(in, "a pixel shuffle");
    int factor = how.count();
    long channels = x.dim(1).value();
    Check.that(
        channels % ((long) factor * factor) == 0,
        "a pixel shuffle by %d needs a multiple of %d channels, got %s",
        factor,
        factor * factor,
        x);
    return x.with(1, Dim.of(channels / factor / factor))
        .with(2, x.dim(2).times(factor))
        .with(3, x.dim(3).times(factor));
  }

  /** A map (B,C,H*r,W*r) to (B,C*r*r,H,W) for the factor r. */
  static Shape pixelUnshuffle(Operands in, Count how) {
    Shape x = map(in, "a pixel unshuffle");
    int factor = how.count();
    Dim rows = x.dim(2).floorDiv(factor);
    Dim columns = x.dim(3).floorDiv(factor);
    Check.that(
        rows.times(factor).equals(x.dim(2)) && columns.times(factor).equals(x.dim(3)),
        "a pixel unshuffle by %d needs multiples of %d rows and columns, got %s",
        factor,
        factor,
        x);
    return x.with(1, x.dim(1).times((long) factor * factor)).with(2, rows).with(3, columns);
  }

  /** A value and a vector of slopes. */
  static Shape prelu(Operands in, None how) {
    Shape x = in.shape(0);
    Shape slope = in.shape(1);
    Check.that(
        slope.rank() == 1
            && (slope.dim(0).isExactly(1) || (x.rank() > 1 && slope.dim(0).equals(x.dim(1)))),
        "a PReLU of %s needs one slope, or one for each channel, got %s",
        x,
        slope);
    return x.of(Type.FLOAT);
  }

  /**
   * Pixels (B,H,W,C), then a mean and a deviation for each channel (1,C,1,1), to planes (B,C,H,W).
   */
  static Shape normalized(Operands in, None how) {
    Shape pixels = in.shape(0);
    Check.that(
        pixels.rank() == 4 && pixels.type() == Type.INTEGER,
        "normalisation needs pixels (B,H,W,C) of type INTEGER, got %s of type %s",
        pixels,
        pixels.type());
    Dim one = Dim.of(1);
    Shape statistics = new Shape(Type.FLOAT, List.of(one, pixels.dim(3), one, one));
    for (int place = 1; place <= 2; place++) {
      Check.that(
          in.shape(place).equals(statistics),
          "normalisation of %s needs a mean and a deviation %s, got %s",
          pixels,
          statistics,
          in.shape(place));
    }
    return new Shape(
        Type.FLOAT, List.of(pixels.dim(0), pixels.dim(3), pixels.dim(1), pixels.dim(2)));
  }

  static Shape pad(Operands in, Padding how) {
    Shape x = map(in, "padding");
    return x.with(2, x.dim(2).plus(how.top()).plus(how.bottom()))
        .with(3, x.dim(3).plus(how.left()).plus(how.right()));
  }

  /** A value and a second tensor or number; shapes are broadcast. */
  static Shape binary(Operands in, Second how) {
    Shape x = in.shape(0);
    if (how instanceof Scalar scalar) {
      return scalar.value() instanceof Double ? x.of(Type.FLOAT) : x;
    }
    return broadcast(x, in.shape(1));
  }

  static Shape quotient(Operands in, Second how) {
    return binary(in, how).of(Type.FLOAT);
  }

  static Shape comparison(Operands in, Second how) {
    return binary(in, how).of(Type.BOOLEAN);
  }

  /** A value and a mask; shapes are broadcast. */
  static Shape maskedFill(Operands in, Scalar how) {
    return broadcast(in.shape(0), in.shape(1));
  }

  /** A value, a mask and another value; shapes are broadcast. */
  static Shape where(Operands in, None how) {
    Shape mask = in.shape(1);
    Check.that(
        mask.type() == Type.BOOLEAN,
        "a choice of values needs a mask of type BOOLEAN, got %s of type %s",
        mask,
        mask.type());
    return broadcast(mask, broadcast(in.shape(0), in.shape(2)));
  }

  private static Shape broadcast(Shape a, Shape b) {
    List<Dim> dims = new ArrayList<>();
    for (int i = 1; i <= Math.max(a.rank(), b.rank()); i++) {
      Dim left = i > a.rank() ? Dim.of(1) : a.dim(-i);
      Dim right = i > b.rank() ? Dim.of(1) : b.dim(-i);
      Check.that(
          left.equals(right) || left.isExactly(1) || right.isExactly(1),
          "the shapes %s and %s can't be broadcast together",
          a,
          b);
      dims.add(left.isExactly(1) ? right : left);
    }
    Collections.reverse(dims);
    return new Shape(wider(a.type(), b.type()), dims);
  }

  /** The type of a result of two values: floating-point before whole before truth values. */
  private static Type wider(Type a, Type b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  static Shape truth(Operands in, Attributes how) {
    return in.shape(0).of(Type.BOOLEAN);
  }

  static Shape asFloat(Operands in, Attributes how) {
    return in.shape(0).of(Type.FLOAT);
  }

  static Shape alongAxis(Operands in, Axis how) {
    in.shape(0).axis(how.axis());
    return in.shape(0);
  }

  /** The sum of truth values is a whole number. */
  static Shape sum(Operands in, Axes how) {
    Shape result = reduce(in, how);
    return result.of(wider(result.type(), Type.INTEGER));
  }

  static Shape reduce(Operands in, Axes how) {
    Shape result = in.shape(0);
    List<Integer> axes = how.axes();
    Check.that(
        !axes.isEmpty() && axes.stream().map(result::axis).distinct().count() == axes.size(),
        "a reduction needs at least one axis, each once, got %s for %s",
        axes,
        result);
    for (int axis : axes) {
      result = result.with(axis, Dim.of(1));
    }
    return result;
  }

  static Shape argmax(Operands in, Axis how) {
    return in.shape(0).with(how.axis(), Dim.of(1)).of(Type.INTEGER);
  }

  /** The sums of truth values are whole numbers. */
  static Shape cumsum(Operands in, Axis how) {
    Shape x = alongAxis(in, how);
    return x.of(wider(x.type(), Type.INTEGER));
  }

  static Shape argsort(Operands in, Order how) {
    in.shape(0).axis(how.axis());
    return in.shape(0).of(Type.INTEGER);
  }

  /** A value and positions of the same shape, except for the axis. */
  static Shape gather(Operands in, Axis how) {
    Shape x = in.shape(0);
    Shape positions = in.shape(1);
    x.axis(how.axis());
    Check.that(
        positions.type() == Type.INTEGER
            && positions.rank() == x.rank()
            && positions.with(how.axis(), x.dim(how.axis())).dims().equals(x.dims()),
        "a choice along axis %d of %s needs positions of type INTEGER with the same other sizes, got %s of type %s",
        how.axis(),
        x,
        positions,
        positions.type());
    return positions.of(x.type());
  }

  static Shape reshape(Operands in, Sizes how) {
    Shape x = in.shape(0);
    Shape to = new Shape(x.type(), how.sizes());
    Check.that(
        x.size().equals(to.size()),
        "%s can't be reshaped to %s, which holds another number of values",
        x,
        to);
    return to;
  }

  static Shape permute(Operands in, Axes how) {
    Shape x = in.shape(0);
    List<Integer> order = how.axes();
    List<Integer> sorted = order.stream().map(x::axis).sorted().toList();
    Check.that(
        order.size() == x.rank() && sorted.stream().distinct().count() == x.rank(),
        "the order %s does not name every axis of %s once",
        order,
        x);
    return new Shape(x.type(), order.stream().map(x::dim).toList());
  }

  static Shape expand(Operands in, Sizes how) {
    Shape x = in.shape(0);
    Shape to = new Shape(x.type(), how.sizes());
    boolean fits = x.rank() == to.rank();
    for (int i = 0; fits && i < x.rank(); i++) {
      fits = x.dim(i).equals(to.dim(i)) || x.dim(i).isExactly(1);
    }
    Check.that(fits, "%s can't be expanded to %s; only axes of size 1 repeat", x, to);
    return to;
  }

  static Shape slice(Operands in, Span how) {
    Shape x = in.shape(0);
    Dim length = how.to().minus(how.from());
    Dim beyond = how.to().minus(x.dim(how.axis()));
    Check.that(
        !(how.from().isConstant() && how.from().value() < 0)
            && !(beyond.isConstant() && beyond.value() > 0),
        "the slice from %s to %s is not inside %s",
        how.from(),
        how.to(),
        x);
    Check.that(
        !length.isConstant() || length.value() > 0,
        "the slice from %s to %s of %s is empty",
        how.from(),
        how.to(),
        x);
    return x.with(how.axis(), length);
  }

  static Shape concat(Operands in, Axis how) {
    List<Shape> shapes = in.shapes();
    int axis = how.axis();
    Shape first = shapes.get(0);
    Dim sum = Dim.of(0);
    for (Shape shape : shapes) {
      Check.that(
          shape.rank() == first.rank()
              && shape.with(axis, Dim.of(0)).dims().equals(first.with(axis, Dim.of(0)).dims()),
          "tensors can't be concatenated along axis %d unless all other sizes are equal: %s",
          axis,
          shapes);
      sum = sum.plus(shape.dim(axis));
    }
    return first.with(axis, sum);
  }

  static Shape declared(Operands in, Attributes how) {
    throw new IllegalStateException("an input, a parameter and a raw expression bring their shape");
  }
}
