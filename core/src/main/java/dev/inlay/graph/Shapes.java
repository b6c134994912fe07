package dev.inlay.graph;

import dev.inlay.Check;
import dev.inlay.Dim;
import dev.inlay.Tensor.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The shape rules of the operators: from an operation's arguments to its result's shape. */
final class Shapes {

  private Shapes() {}

  static void check(boolean holds, String message) {
    Check.that(holds, message);
  }

  static Shape same(Call call) {
    return call.shape(0);
  }

  static Shape map(Call call, String what) {
    Shape x = call.shape(0);
    check(x.rank() == 4, what + " wants a map (B,C,H,W), got " + x);
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
    check(
        channels % ((long) factor * factor) == 0,
        "a pixel shuffle by "
            + factor
            + " wants a multiple of "
            + factor * factor
            + " channels, got "
            + x);
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
    check(
        x.dim(1).value() % call.number(1) == 0,
        "group normalisation splits "
            + x.dim(1)
            + " channels into "
            + call.number(1)
            + " groups; they must divide evenly");
    return x;
  }

  private static void perChannel(Call call, Dim channels, int... places) {
    for (int place : places) {
      Shape vector = call.shape(place);
      check(
          vector.rank() == 1 && vector.dim(0).equals(channels),
          "normalisation of " + call.shape(0) + " wants vectors (" + channels + "), got " + vector);
    }
  }

  /** x, [normalised sizes], weight, bias. */
  static Shape layerNorm(Call call) {
    Shape x = call.shape(0);
    List<Dim> last = call.shape(2).dims();
    check(
        last.size() <= x.rank() && x.dims().subList(x.rank() - last.size(), x.rank()).equals(last),
        "layer normalisation with the weight " + call.shape(2) + " does not fit " + x);
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
      check(
          left.equals(right) || left.isExactly(1) || right.isExactly(1),
          "the shapes " + a + " and " + b + " do not go together");
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
    check(
        outer >= 0
            && a.rank() == b.rank()
            && a.dim(-1).equals(b.dim(-2))
            && a.dims().subList(0, outer).equals(b.dims().subList(0, outer)),
        "the matrices " + a + " and " + b + " can't be multiplied");
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
                  check(
                      size != null, "einsum " + call.text(0) + " makes up '" + (char) letter + "'");
                  return size;
                })
            .toList());
  }

  static Map<Character, Dim> einsumSizes(Call call) {
    String equation = call.text(0);
    List<Node> operands = call.list(1);
    String[] sides = equation.split("->", -1);
    check(sides.length == 2, "einsum '" + equation + "' needs one '->'");
    String[] letters = sides[0].split(",", -1);
    check(
        letters.length == operands.size(),
        "einsum " + equation + " names " + letters.length + " operands, got " + operands.size());
    Map<Character, Dim> sizes = new HashMap<>();
    for (int k = 0; k < letters.length; k++) {
      Shape operand = operands.get(k).layout();
      check(
          letters[k].length() == operand.rank(),
          "einsum " + equation + ": '" + letters[k] + "' does not fit " + operand);
      for (int i = 0; i < operand.rank(); i++) {
        Dim known = sizes.putIfAbsent(letters[k].charAt(i), operand.dim(i));
        check(
            known == null || known.equals(operand.dim(i)),
            "einsum "
                + equation
                + ": '"
                + letters[k].charAt(i)
                + "' is both "
                + known
                + " and "
                + operand.dim(i));
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
    check(
        !axes.isEmpty() && axes.stream().map(result::axis).distinct().count() == axes.size(),
        "a reduction names each axis once, got " + axes + " for " + result);
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
    check(x.size().equals(to.size()), "the values of " + x + " do not fill " + to);
    return to;
  }

  /** x, [order]. */
  static Shape permute(Call call) {
    Shape x = call.shape(0);
    List<Integer> order = call.list(1);
    List<Integer> sorted = order.stream().map(x::axis).sorted().toList();
    check(
        order.size() == x.rank() && sorted.stream().distinct().count() == x.rank(),
        "the order " + order + " does not name every axis of " + x + " once");
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
    check(fits, x + " can't be repeated to " + to);
    return to;
  }

  /** x, axis, from, to, step. */
  static Shape slice(Call call) {
    Shape x = call.shape(0);
    Dim length = call.dim(3).minus(call.dim(2));
    Dim beyond = call.dim(3).minus(x.dim(call.number(1)));
    check(
        !(call.dim(2).isConstant() && call.dim(2).value() < 0)
            && !(beyond.isConstant() && beyond.value() > 0),
        "the slice from " + call.dim(2) + " to " + call.dim(3) + " is not inside " + x);
    check(
        !length.isConstant() || length.value() > 0,
        "the slice from " + call.dim(2) + " to " + call.dim(3) + " of " + x + " is empty");
    return x.with(call.number(1), length);
  }

  /** [tensors], axis. */
  static Shape concat(Call call) {
    List<Node> tensors = call.list(0);
    int axis = call.number(1);
    Shape first = tensors.get(0).layout();
    Dim sum = Dim.of(0);
    for (Node tensor : tensors) {
      Shape shape = tensor.layout();
      check(
          shape.rank() == first.rank()
              && shape.with(axis, Dim.of(0)).dims().equals(first.with(axis, Dim.of(0)).dims()),
          "these can't be joined along axis "
              + axis
              + ": "
              + tensors.stream().map(t -> t.layout().toString()).collect(Collectors.joining(" ")));
      sum = sum.plus(shape.dim(axis));
    }
    return first.with(axis, sum);
  }

  /** Logits, labels. */
  static Shape crossEntropy(Call call) {
    Shape logits = call.shape(0);
    Shape labels = call.shape(1);
    check(logits.rank() == 4, "cross-entropy wants logits (B,K,H,W), got " + logits);
    Shape wanted = new Shape(Type.INTEGER, List.of(logits.dim(0), logits.dim(2), logits.dim(3)));
    check(
        labels.equals(wanted),
        "cross-entropy of the logits "
            + logits
            + " wants labels "
            + wanted
            + " of type INTEGER, got "
            + labels
            + " of type "
            + labels.type());
    return new Shape(Type.FLOAT, List.of());
  }

  static Shape binaryCrossEntropy(Call call) {
    check(
        call.shape(0).dims().equals(call.shape(1).dims()),
        "binary cross-entropy wants targets " + call.shape(0) + ", got " + call.shape(1));
    return new Shape(Type.FLOAT, List.of());
  }

  static Shape declared(Call call) {
    throw new IllegalStateException("an input, a parameter and a raw expression bring their shape");
  }
}
