package dev.inlay.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.Init;
import dev.inlay.InlayException;
import dev.inlay.RoundTrip;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.data.ClassList;
import dev.inlay.data.LabelClass;
import dev.inlay.image.LabelMap;
import dev.inlay.torch.HostArray;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Labels after downsampling and upsampling. */
final class UpsamplingOracleTest {

  private static final ClassList TWO =
      new ClassList(List.of(new LabelClass("a", 0), new LabelClass("b", 0xffffff)), 255);

  private static LabelMap labels(int width, int... ids) {
    byte[] bytes = new byte[ids.length];
    for (int i = 0; i < ids.length; i++) {
      bytes[i] = (byte) ids[i];
    }
    return new LabelMap(width, ids.length / width, bytes);
  }

  private static Scores scores(RoundTrip way, LabelMap... maps) {
    try (UpsamplingOracle oracle =
        new UpsamplingOracle(TWO, Map.of("way", way), "stage", Map.of())) {
      for (LabelMap each : maps) {
        oracle.add(each);
      }
      return Objects.requireNonNull(oracle.scores().get("way"));
    }
  }

  /** One row of blocks (0 0)(0 1): its shares give 0 everywhere, the middle labels two of each. */
  @Test
  void interpolationSeesSharesOrTheLabelInTheMiddle() {
    LabelMap labels = labels(4, 0, 0, 0, 1, 0, 0, 0, 1);
    Scores shared = scores(new Bilinear(2, true), labels);
    Scores middle = scores(new Bilinear(2, false), labels);

    assertThat(shared.classes().get(1).predicted()).isZero();
    assertThat(shared.pixelAccuracy()).isEqualTo(0.75);
    assertThat(middle.classes().get(1).predicted()).isEqualTo(4);
    assertThat(middle.pixelAccuracy()).isEqualTo(0.75);
  }

  /**
   * Of 5x3 pixels, 4x2 are in whole blocks; of 1x4, none are; and the ignored one is not scored.
   */
  @Test
  void onlyWholeBlocksAndLabelledPixelsCount() {
    Scores scores =
        scores(
            new Bilinear(2, true),
            labels(5, 0, 0, 1, 1, 0, 0, 255, 1, 1, 0, 0, 0, 0, 0, 0),
            labels(1, 1, 1, 1, 1));

    assertThat(scores.classes().get(0).pixels()).isEqualTo(3);
    assertThat(scores.classes().get(1).pixels()).isEqualTo(4);
    assertThat(scores.pixelAccuracy()).isEqualTo(1);
  }

  /** A round trip that swaps the classes' planes by a parameter swaps the classes. */
  @Test
  void theWayReadsTheParametersOfItsStage() {
    RoundTrip turned =
        new RoundTrip() {
          @Override
          public int ratio() {
            return 1;
          }

          @Override
          public Tensor build(Tensor labels, Scope scope) {
            Tensor sign = scope.parameter("sign", Init.ONE, 1, 1, 1, 1);
            return labels.times(sign);
          }
        };
    HostArray minus = new HostArray(new long[] {1, 1, 1, 1}, new float[] {-1});
    try (UpsamplingOracle oracle =
        new UpsamplingOracle(TWO, Map.of("turned", turned), "stage", Map.of("stage.sign", minus))) {
      oracle.add(labels(2, 0, 1, 1, 1));

      Scores scores = Objects.requireNonNull(oracle.scores().get("turned"));
      assertThat(scores.classes().get(0).predicted()).isEqualTo(3);
      assertThat(scores.pixelAccuracy()).isZero();
    }
  }

  @Test
  void severalWaysAreScoredAsEachAlone() {
    LabelMap labels = labels(4, 0, 0, 0, 1, 0, 0, 0, 1);
    Map<String, RoundTrip> ways =
        Map.of("shares", new Bilinear(2, true), "middle", new Bilinear(2, false));
    try (UpsamplingOracle oracle = new UpsamplingOracle(TWO, ways, "stage", Map.of())) {
      oracle.add(labels);

      assertThat(oracle.scores().get("shares")).isEqualTo(scores(new Bilinear(2, true), labels));
      assertThat(oracle.scores().get("middle")).isEqualTo(scores(new Bilinear(2, false), labels));
    }
  }

  @Test
  void waysOfDifferentRatiosAreRefused() {
    Map<String, RoundTrip> ways =
        Map.of("two", new Bilinear(2, true), "four", new Bilinear(4, true));
    assertThatThrownBy(() -> new UpsamplingOracle(TWO, ways, "stage", Map.of()))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("must have one ratio.");
  }
}
