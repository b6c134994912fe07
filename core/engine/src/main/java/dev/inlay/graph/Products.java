package dev.inlay.graph;

import dev.inlay.Check;
import dev.inlay.Dim;
import dev.inlay.Tensor.Type;
import dev.inlay.graph.Attributes.Equation;
import dev.inlay.graph.Attributes.None;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The shape rules of matrix products and Einstein summations. */
final class Products {

  private Products() {}

  static Shape matmul(Operands in, None how) {
    Shape a = in.shape(0);
    Shape b = in.shape(1);
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

  static Shape einsum(Operands in, Equation how) {
    Map<Character, Dim> sizes = sizes(in, how);
    String result = how.text().split("->", -1)[1];
    return new Shape(
        Type.FLOAT,
        result
            .chars()
            .mapToObj(
                letter -> {
                  Dim size = sizes.get((char) letter);
                  Check.that(
                      size != null,
                      "einsum %s has '%c' in its result, but no operand has it",
                      how.text(),
                      letter);
                  return size;
                })
            .toList());
  }

  /** The sizes of the letters of an equation. */
  static Map<Character, Dim> sizes(Operands in, Equation how) {
    String equation = how.text();
    List<Shape> operands = in.shapes();
    String[] sides = equation.split("->", -1);
    Check.that(sides.length == 2, "einsum '%s' needs one '->'", equation);
    String[] letters = sides[0].split(",", -1);
    Check.that(
        letters.length == operands.size(),
        "einsum %s has %d operands, got %d",
        equation,
        letters.length,
        operands.size());
    Map<Character, Dim> sizes = new HashMap<>();
    for (int k = 0; k < letters.length; k++) {
      Shape operand = operands.get(k);
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
}
