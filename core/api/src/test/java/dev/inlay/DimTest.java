package dev.inlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Sizes as expressions: their values and their equality. */
final class DimTest {

  private static final Dim H = Dim.symbol("H");
  private static final Dim W = Dim.symbol("W");

  /** The number of a size, evaluated term by term. */
  private record Evaluated(Map<String, Long> sizes) implements Dim.Terms<Long> {
    @Override
    public Long symbol(String name) {
      return sizes.get(name);
    }

    @Override
    public Long quotient(Long of, long by) {
      return Math.floorDiv(of, by);
    }

    @Override
    public Long product(long factor, List<Long> factors) {
      return factors.stream().reduce(factor, (a, b) -> a * b);
    }

    @Override
    public Long sum(List<Long> products) {
      return products.stream().mapToLong(Long::longValue).sum();
    }
  }

  @Test
  void expressionsHaveTheValuesOfTheirArithmetic() {
    RandomGenerator random = new SplittableRandom(20250101);
    for (int i = 0; i < 3000; i++) {
      Expression expression = Expression.random(random, 5);
      for (int k = 0; k < 5; k++) {
        Map<String, Long> sizes =
            Map.of("H", random.nextLong(1, 400), "W", random.nextLong(1, 400));
        assertThat(expression.dim.value(sizes))
            .as("%s at %s", expression.dim, sizes)
            .isEqualTo(expression.value.applyAsLong(sizes))
            .isEqualTo(expression.dim.fold(new Evaluated(sizes)));
      }
    }
  }

  /** A size and the same arithmetic on numbers. */
  private record Expression(Dim dim, ToLongFunction<Map<String, Long>> value) {

    static Expression random(RandomGenerator random, int depth) {
      if (depth == 0 || random.nextInt(6) == 0) {
        String symbol = random.nextBoolean() ? "H" : "W";
        return new Expression(Dim.symbol(symbol), sizes -> sizes.get(symbol));
      }
      Expression a = random(random, depth - 1);
      long n = random.nextLong(-9, 10);
      long by = random.nextLong(1, 9);
      return switch (random.nextInt(8)) {
        case 0 -> a.plus(random(random, depth - 1));
        case 1 -> a.minus(random(random, depth - 1));
        case 2 -> new Expression(a.dim.plus(n), s -> a.value.applyAsLong(s) + n);
        case 3 -> new Expression(a.dim.times(n), s -> a.value.applyAsLong(s) * n);
        case 4 ->
            new Expression(a.dim.ceilDiv(by), s -> -Math.floorDiv(-a.value.applyAsLong(s), by));
        case 5 -> a.times(random(random, Math.min(1, depth - 1)));
        default ->
            new Expression(a.dim.floorDiv(by), s -> Math.floorDiv(a.value.applyAsLong(s), by));
      };
    }

    Expression plus(Expression b) {
      return new Expression(dim.plus(b.dim), s -> value.applyAsLong(s) + b.value.applyAsLong(s));
    }

    Expression minus(Expression b) {
      return new Expression(dim.minus(b.dim), s -> value.applyAsLong(s) - b.value.applyAsLong(s));
    }

    Expression times(Expression b) {
      return new Expression(dim.times(b.dim), s -> value.applyAsLong(s) * b.value.applyAsLong(s));
    }
  }

  @Test
  void floorsOfFloorsAreOneFloor() {
    RandomGenerator random = new SplittableRandom(20250101);
    for (int i = 0; i < 500; i++) {
      long a = random.nextLong(-20, 20);
      long b = random.nextLong(-20, 20);
      long m = random.nextLong(1, 9);
      long n = random.nextLong(1, 9);
      Dim inSteps = H.plus(a).floorDiv(m).plus(b).floorDiv(n);
      assertThat(inSteps).isEqualTo(H.plus(a + b * m).floorDiv(m * n));
      assertThat(inSteps).hasSameHashCodeAs(H.plus(a + b * m).floorDiv(m * n));
    }
  }

  @Test
  void stagesOfStrideTwoMeetWhateverMakesTheStride() {
    // At stride 2: a 3x3 convolution with padding 1, a 1x1 convolution, a 2x2 average pooling in
    // ceil mode.
    Dim convolution = H.plus(2 - 3).floorDiv(2).plus(1);
    Dim pointwise = H.minus(Dim.of(1)).floorDiv(2).plus(1);
    Dim mean = H.ceilDiv(2);

    assertThat(convolution).isEqualTo(pointwise).isEqualTo(mean);
    assertThat(convolution.ceilDiv(2).ceilDiv(2)).isEqualTo(H.ceilDiv(8));
  }

  @Test
  void commonFactorsCancel() {
    assertThat(H.times(2).floorDiv(4)).isEqualTo(H.floorDiv(2));
    assertThat(H.times(2).plus(1).floorDiv(4)).isEqualTo(H.floorDiv(2));
    assertThat(H.times(6).plus(W.times(4)).floorDiv(8))
        .isEqualTo(H.times(3).plus(W.times(2)).floorDiv(4));
    assertThat(H.times(3).floorDiv(2)).isEqualTo(H.plus(H.floorDiv(2)));
    assertThat(H.times(4).plus(7).floorDiv(4)).isEqualTo(H.plus(1));
  }

  @Test
  void sumsAndProductsAreEqualInAnyOrder() {
    assertThat(H.plus(W).times(H)).isEqualTo(H.times(W).plus(H.times(H)));
    assertThat(H.plus(3).minus(H)).isEqualTo(Dim.of(3));
    assertThat(H.minus(H).isExactly(0)).isTrue();
    assertThat(H.times(0).isConstant()).isTrue();
    assertThat(H).isNotEqualTo(W).isNotEqualTo(H.ceilDiv(2).times(2));
  }

  @Test
  void aSizeIsWrittenAsPythonWouldReadIt() {
    assertThat(H.times(2).minus(W).plus(1)).hasToString("2 * H - W + 1");
    assertThat(H.plus(1).floorDiv(2).times(W)).hasToString("((H + 1) // 2) * W");
    assertThat(H.minus(H)).hasToString("0");
    assertThat(H.times(-1)).hasToString("-H");
  }

  @Test
  void aSizeKnowsItsSymbols() {
    assertThat(H.plus(W.floorDiv(2)).symbols()).containsExactly("H", "W");
    assertThat(Dim.of(3).symbols()).isEmpty();
  }

  @Test
  void aSizeThatDependsOnTheImageIsNoNumber() {
    assertThatThrownBy(() -> H.plus(1).value())
        .isInstanceOf(InlayException.class)
        .hasMessage("the size H + 1 depends on the image; a fixed one is needed");
  }

  @Test
  void noSizeIsDividedByNothing() {
    assertThatThrownBy(() -> H.floorDiv(0))
        .isInstanceOf(InlayException.class)
        .hasMessage("the divisor of the size H is 0; it must be 1 or more.");
  }
}
