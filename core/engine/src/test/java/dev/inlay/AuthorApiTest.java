package dev.inlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.graph.Graph;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Features, initial values and checks: the author API besides tensors. */
final class AuthorApiTest {

  private final Tensor image =
      new Graph()
          .input(
              "image",
              Tensor.Type.FLOAT,
              Dim.symbol("B"),
              Dim.of(3),
              Dim.symbol("H"),
              Dim.symbol("W"));
  private final Tensor fine = image.maxPool(Window.of(3).stride(2));
  private final Tensor coarse = fine.maxPool(Window.of(3).stride(2));

  @Test
  void featuresCountMapsFromBothEnds() {
    Features features = Features.of(image, 5).withMaps(List.of(fine, coarse), List.of(2, 4));

    assertThat(features.map(0)).isSameAs(fine).isSameAs(features.map(-2));
    assertThat(features.last()).isSameAs(coarse).isSameAs(features.map(1));
    assertThat(features.stride(-1)).isEqualTo(4);
    assertThat(features.withLast(fine).maps()).containsExactly(fine, fine);
    assertThat(features.withLast(fine).strides()).containsExactly(2, 4);
    assertRefused(() -> features.map(2), "there is no map 2; the stages before made 2 maps");
    assertRefused(() -> features.map(-3), "there is no map -3; the stages before made 2 maps");
    assertRefused(
        () -> features.withMaps(List.of(fine), List.of()),
        "the features have 1 maps, but 0 strides; every map needs a stride");
  }

  @Test
  void sideOutputsOfOneNameStandBesideEachOther() {
    Features features =
        Features.of(image, 5)
            .withSide("auxiliary", fine, 0.4)
            .withSide("auxiliary", coarse, 0.2)
            .withSide("auxiliary", new Features.Side(image, "dice", 1));

    assertThat(features.sides())
        .containsExactly(
            Map.entry("auxiliary", new Features.Side(fine, "cross-entropy", 0.4)),
            Map.entry("auxiliary-2", new Features.Side(coarse, "cross-entropy", 0.2)),
            Map.entry("auxiliary-3", new Features.Side(image, "dice", 1)));
  }

  private static float[] filled(Init init, long... shape) {
    long size = 1;
    for (long axis : shape) {
      size *= axis;
    }
    FloatBuffer values = FloatBuffer.allocate((int) size);
    init.fill(values, shape, new SplittableRandom(1));
    assertThat(values.hasRemaining()).as("values left unfilled").isFalse();
    return values.array();
  }

  private static double deviation(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum / values.length);
  }

  @Test
  void freshParametersHaveTheirDistributions() {
    assertThat(filled(Init.ZERO, 5)).containsOnly(0);
    assertThat(filled(Init.ONE, 2, 3)).containsOnly(1);
    assertThat(deviation(filled(Init.normal(0.01), 100, 100))).isCloseTo(0.01, within(3e-4));
    assertThat(deviation(filled(Init.KAIMING, 64, 32, 3, 3)))
        .isCloseTo(Math.sqrt(2.0 / (64 * 9)), within(1e-3));
    float[] uniform = filled(Init.uniform(-1, 3), 10_000);
    for (float value : uniform) {
      assertThat(value).isBetween(-1f, 3f);
    }
    assertThat(deviation(uniform)).isCloseTo(Math.sqrt(16 / 12.0 + 1), within(0.03));
  }

  @Test
  void checksNameTheOptionTheValueAndTheRule() {
    assertRefused(() -> Check.atLeast("channels", 0, 1), "channels is 0; it must be 1 or more.");
    assertRefused(
        () -> Check.eachAtLeast("rates", List.of(), 1),
        "rates is []; it must name at least one value.");
    assertRefused(
        () -> Check.eachAtLeast("rates", List.of(12, 0), 1),
        "rates is [12, 0]; each value must be 1 or more.");
    assertRefused(
        () -> Check.between("dropout", 1.5, 0, 1), "dropout is 1.5; it must be from 0.0 to 1.0.");
    assertRefused(
        () -> Check.between("dropout", Double.NaN, 0, 1),
        "dropout is NaN; it must be from 0.0 to 1.0.");
    assertRefused(
        () -> Check.notNegative("weight", Double.POSITIVE_INFINITY),
        "weight is Infinity; it must be 0 or more.");
    assertRefused(
        () -> Check.oneOf("stride", 7, 8, 16, 32), "stride is 7; it must be one of [8, 16, 32].");
    Check.oneOf("stride", 8, 8, 16, 32);
    Check.between("dropout", 1, 0, 1);
    Check.eachAtLeast("rates", List.of(1), 1);
  }

  private static void assertRefused(ThrowingCallable mistake, String message) {
    assertThatThrownBy(mistake).isInstanceOf(InlayException.class).hasMessage(message);
  }
}
