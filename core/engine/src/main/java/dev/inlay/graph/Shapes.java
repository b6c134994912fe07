package dev.inlay.graph;

import dev.inlay.Check;
import dev.inlay.Dim;
import dev.inlay.Tensor.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The shape rules of the operators: from an operation's arguments to its result's shape. */
final class Shapes {

  private Shapes() {}

  static Shape same(Call call) {
    return call.shape(0);
  }

  static Shape map(Call call, String what) {
    Shape x = call.shape(0);
    Check.that(x.rank() == 4, "%s wants a map (B,C,H,W), got %s", what, x);
    return x;
  }

  /** x, [height, width]. */
  static Shape toSize(Call call) {
    Shape x = map(call, "a resampling");
    List<Dim> size = call.list(1);
    return x.with(2, size.get(0)).with(3, size.get(1));
  }

  /** x, factor. */
  static Shape pixelShuffle(Call call) {
    Shape x = map(call, "a pixel shuffle");
    int factor = call.number(1);
    long channels = x.dim(1).value();
    Check.that(
        channels % ((long) factor * factor) == 0,
        "a pixel shuffle by %d wants a multiple of %d channels, got %s",
        factor,
        factor * factor,
        x);
    return x.with(1, Dim.of(channels / factor / factor))
        .with(2, x.dim(2).times(factor))
        .with(3, x.dim(3).times(factor));
  }

  /** x, [left, right, top, bottom]. */
  static Shape pad(Call call) {
    Shape x = map(call, "padding");
    List<Dim> by = call.list(1);
    return x.with(2, x.dim(2).plus(by.get(2)).plus(by.get(3)))
        .with(3, x.dim(3).plus(by.get(0)).plus(by.get(1)));
  }

  /** x, then the per-channel vectors. */
  static Shape batchNorm(Call call) {
    Shape x = call.shape(0);
    perChannel(call, x.dim(1), 1, 2, 3, 4);
    return x;
  }

  /** x, groups, weight, bias. */
  static Shape groupNorm(Call call) {
    Shape x = call.shape(0);
    perChannel(call, x.dim(1), 2, 3);
    Check.that(
        x.dim(1).value() % call.number(1) == 0,
        "group normalisation splits %s channels into %d groups; they must divide evenly",
        x.dim(1),
        call.number(1));
    return x;
  }

  private static void perChannel(Call call, Dim channels, int... places) {
    for (int place : places) {
      Shape vector = call.shape(place);
      Check.that(
          vector.rank() == 1 && vector.dim(0).equals(channels),
          "normalisation of %s wants vectors (%s), got %s",
          call.shape(0),
          channels,
          vector);
    }
  }

  /** x, [normalised sizes], weight, bias. */
  static Shape layerNorm(Call call) {
    Shape x = call.shape(0);
    List<Dim> last = call.shape(2).dims();
    Check.that(
        last.size() <= x.rank() && x.dims().subList(x.rank() - last.size(), x.rank()).equals(last),
        "layer normalisation with the weight %s does not fit %s",
        call.shape(2),
        x);
    return x;
  }

  /** x and a tensor or number that is broadcast. */
  static Shape binary(Call call) {
    Shape x = call.shape(0);
    boolean fraction = call.arguments().get(1) instanceof Double;
    return call.isNode(1) ? broadcast(x, call.shape(1)) : fraction ? x.of(Type.FLOAT) : x;
  }

  static Shape quotient(Call call) {
    return binary(call).of(Type.FLOAT);
  }

  static Shape comparison(Call call) {
    return binary(call).of(Type.BOOLEAN);
  }

  private static Shape broadcast(Shape a, Shape b) {
    List<Dim> dims = new ArrayList<>();
    for (int i = 1; i <= Math.max(a.rank(), b.rank()); i++) {
      Dim left = i > a.rank() ? Dim.of(1) : a.dim(-i);
      Dim right = i > b.rank() ? Dim.of(1) : b.dim(-i);
      Check.that(
          left.equals(right) || left.isExactly(1) || right.isExactly(1),
          "the shapes %s and %s do not go together",
          a,
          b);
      dims.add(left.isExactly(1) ? right : left);
    }
    Collections.reverse(dims);
    return new Shape(wider(a.type(), b.type()), dims);
  }

  /** The type of what two values make: floating-point before whole before truth. */
  private static Type wider(Type a, Type b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  static Shape truth(Call call) {
    return call.shape(0).of(Type.BOOLEAN);
  }

  static Shape asFloat(Call call) {
    return call.shape(0).of(Type.FLOAT);
  }

  static Shape matmul(Call call) {
    Shape a = call.shape(0);
    Shape b = call.shape(1);
    int outer = a.rank() - 2;
    Check.that(
        outer >= 0
            && a.rank() == b.rank()
            && a.dim(-1).equals(b.dim(-2))
            && a.dims().subList(0, outer).equals(b.dims().subList(0, outer)),
        "the matrices %s and %s can't be multiplied",
        a,
        b);
    return a.with(-1, b.dim(-1));
  }

  /** Equation, [operands]. */
  static Shape einsum(Call call) {
    Map<Character, Dim> sizes = einsumSizes(call);
    String result = call.text(0).split("->", -1)[1];
    return new Shape(
        Type.FLOAT,
        result
            .chars()
            .mapToObj(
                letter -> {
                  Dim size = sizes.get((char) letter);
                  Check.that(size != null, "einsum %s makes up '%c'", call.text(0), letter);
                  return size;
                })
            .toList());
  }

  static Map<Character, Dim> einsumSizes(Call call) {
    String equation = call.text(0);
    List<Node> operands = call.list(1);
    String[] sides = equation.split("->", -1);
    Check.that(sides.length == 2, "einsum '%s' needs one '->'", equation);
    String[] letters = sides[0].split(",", -1);
    Check.that(
        letters.length == operands.size(),
        "einsum %s names %d operands, got %d",
        equation,
        letters.length,
        operands.size());
    Map<Character, Dim> sizes = new HashMap<>();
    for (int k = 0; k < letters.length; k++) {
      Shape operand = operands.get(k).layout();
      Check.that(
          letters[k].length() == operand.rank(),
          "einsum %s: '%s' does not fit %s",
          equation,
          letters[k],
          operand);
      for (int i = 0; i < operand.rank(); i++) {
        Dim known = sizes.putIfAbsent(letters[k].charAt(i), operand.dim(i));
        Check.that(
            known == null || known.equals(operand.dim(i)),
            "einsum %s: '%c' is both %s and %s",
            equation,
            letters[k].charAt(i),
            known,
            operand.dim(i));
      }
    }
    return sizes;
  }

  /** x, axis. */
  static Shape alongAxis(Call call) {
    call.shape(0).axis(call.number(1));
    return call.shape(0);
  }

  /** x, [axes]; truth values are counted. */
  static Shape sum(Call call) {
    Shape result = reduce(call);
    return result.of(wider(result.type(), Type.INTEGER));
  }

  /** x, [axes]. */
  static Shape reduce(Call call) {
    Shape result = call.shape(0);
    List<Integer> axes = call.list(1);
    Check.that(
        !axes.isEmpty() && axes.stream().map(result::axis).distinct().count() == axes.size(),
        "a reduction names each axis once, got %s for %s",
        axes,
        result);
    for (int axis : axes) {
      result = result.with(axis, Dim.of(1));
    }
    return result;
  }

  static Shape argmax(Call call) {
    return call.shape(0).with(call.number(1), Dim.of(1)).of(Type.INTEGER);
  }

  /** x, [sizes]. */
  static Shape reshape(Call call) {
    Shape x = call.shape(0);
    Shape to = new Shape(x.type(), call.list(1));
    Check.that(x.size().equals(to.size()), "the values of %s do not fill %s", x, to);
    return to;
  }

  /** x, [order]. */
  static Shape permute(Call call) {
    Shape x = call.shape(0);
    List<Integer> order = call.list(1);
    List<Integer> sorted = order.stream().map(x::axis).sorted().toList();
    Check.that(
        order.size() == x.rank() && sorted.stream().distinct().count() == x.rank(),
        "the order %s does not name every axis of %s once",
        order,
        x);
    return new Shape(x.type(), order.stream().map(x::dim).toList());
  }

  /** x, [sizes]. */
  static Shape expand(Call call) {
    Shape x = call.shape(0);
    Shape to = new Shape(x.type(), call.list(1));
    boolean fits = x.rank() == to.rank();
    for (int i = 0; fits && i < x.rank(); i++) {
      fits = x.dim(i).equals(to.dim(i)) || x.dim(i).isExactly(1);
    }
    Check.that(fits, "%s can't be repeated to %s", x, to);
    return to;
  }

  /** x, axis, from, to, step. */
  static Shape slice(Call call) {
    Shape x = call.shape(0);
    Dim length = call.dim(3).minus(call.dim(2));
    Dim beyond = call.dim(3).minus(x.dim(call.number(1)));
    Check.that(
        !(call.dim(2).isConstant() && call.dim(2).value() < 0)
            && !(beyond.isConstant() && beyond.value() > 0),
        "the slice from %s to %s is not inside %s",
        call.dim(2),
        call.dim(3),
        x);
    Check.that(
        !length.isConstant() || length.value() > 0,
        "the slice from %s to %s of %s is empty",
        call.dim(2),
        call.dim(3),
        x);
    return x.with(call.number(1), length);
  }

  /** [tensors], axis. */
  static Shape concat(Call call) {
    List<Node> tensors = call.list(0);
    List<Shape> shapes = tensors.stream().map(Node::layout).toList();
    int axis = call.number(1);
    Shape first = shapes.get(0);
    Dim sum = Dim.of(0);
    for (Shape shape : shapes) {
      Check.that(
          shape.rank() == first.rank()
              && shape.with(axis, Dim.of(0)).dims().equals(first.with(axis, Dim.of(0)).dims()),
          "these can't be joined along axis %d: %s",
          axis,
          shapes);
      sum = sum.plus(shape.dim(axis));
    }
    return first.with(axis, sum);
  }

  /** Logits, labels. */
  static Shape crossEntropy(Call call) {
    Shape logits = call.shape(0);
    Shape labels = call.shape(1);
    Check.that(logits.rank() == 4, "cross-entropy wants logits (B,K,H,W), got %s", logits);
    Shape wanted = new Shape(Type.INTEGER, List.of(logits.dim(0), logits.dim(2), logits.dim(3)));
    Check.that(
        labels.equals(wanted),
        "cross-entropy of the logits %s wants labels %s of type INTEGER, got %s of type %s",
        logits,
        wanted,
        labels,
        labels.type());
    return new Shape(Type.FLOAT, List.of());
  }

  static Shape binaryCrossEntropy(Call call) {
    Check.that(
        call.shape(0).dims().equals(call.shape(1).dims()),
        "binary cross-entropy wants targets %s, got %s",
        call.shape(0),
        call.shape(1));
    return new Shape(Type.FLOAT, List.of());
  }

  static Shape declared(Call call) {
    throw new IllegalStateException("an input, a parameter and a raw expression bring their shape");
  }
}
