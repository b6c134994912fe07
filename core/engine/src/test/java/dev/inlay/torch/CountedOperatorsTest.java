package dev.inlay.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.Dim;
import dev.inlay.Tensor;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Operators whose results are counted by hand; {@link OperatorsTest} has all others. */
final class CountedOperatorsTest {

  /** The operators that are tested in this class. */
  static final Set<Operator> OPERATORS =
      EnumSet.of(
          Operator.DIV_BY_SIZE,
          Operator.SPARED,
          Operator.NORMALIZE,
          Operator.COUNT_UNLESS,
          Operator.PRESENT,
          Operator.CONFUSION);

  private static final HostArray LABELS =
      new HostArray(new long[] {2, 2, 3}, new float[] {0, 2, 255, 2, 2, 0, 255, 255, 1, 1, 1, 255});

  private final Graph graph = new Graph();
  private final Tensor labels =
      graph.input("labels", Tensor.Type.INTEGER, Dim.symbol("B"), Dim.symbol("H"), Dim.symbol("W"));
  private final Tensor logits =
      graph.input(
          "logits",
          Tensor.Type.FLOAT,
          Dim.symbol("B"),
          Dim.of(3),
          Dim.symbol("H"),
          Dim.symbol("W"));

  private HostArray run(Tensor output, Map<String, HostArray> inputs) {
    return GraphRunner.run(graph, List.of(output), ProgramOptions.INFERENCE, Map.of(), inputs)
        .get(0);
  }

  private static HostArray map() {
    float[] values = new float[2 * 3 * 2 * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = i - 10;
    }
    return new HostArray(new long[] {2, 3, 2, 3}, values);
  }

  @Test
  void aSizesPowerDividesValuesAndGradients() {
    Dim pixels = logits.height().times(logits.width());
    Tensor scaled = logits.div(pixels, 0.5);
    assertThat(scaled.shape()).isEqualTo(logits.shape());
    float root = (float) Math.sqrt(6);
    float[] quotients = run(scaled, Map.of("logits", map())).values();
    float[] whole = run(logits.div(pixels, 1), Map.of("logits", map())).values();
    for (int i = 0; i < quotients.length; i++) {
      assertThat(quotients[i]).isEqualTo(map().values()[i] / root);
      assertThat(whole[i]).isEqualTo(map().values()[i] / 6);
    }
    Map<String, HostArray> gradients =
        GraphRunner.gradients(
            graph,
            List.of(scaled),
            ProgramOptions.INFERENCE,
            List.of(map()),
            Map.of(),
            Map.of("logits", map()));
    for (int i = 0; i < quotients.length; i++) {
      assertThat(gradients.get("logits").values()[i]).isEqualTo(map().values()[i] / root);
    }
  }

  @Test
  void sparedProductsChangeNoValue() {
    Tensor spared = logits.sparing(logits.batch().times(4));
    assertThat(run(spared, Map.of("logits", map())).values()).isEqualTo(map().values());
  }

  @Test
  void pixelsBecomeNormalisedPlanes() {
    Dim one = Dim.of(1);
    Dim channels = Dim.of(2);
    Tensor pixels =
        graph.input(
            "pixels",
            Tensor.Type.INTEGER,
            Dim.symbol("B"),
            Dim.symbol("H"),
            Dim.symbol("W"),
            channels);
    Tensor mean = graph.input("mean", Tensor.Type.FLOAT, one, channels, one, one);
    Tensor deviation = graph.input("deviation", Tensor.Type.FLOAT, one, channels, one, one);
    Tensor planes = ((Node) pixels).normalized(mean, deviation);
    assertThat(planes.shape())
        .containsExactly(Dim.symbol("B"), channels, Dim.symbol("H"), Dim.symbol("W"));
    float[] bytes = {0, 255, 7, 100, 200, 50, 3, 9, 254, 1, 128, 127};
    float[] means = {0.485f, 0.406f};
    float[] deviations = {0.229f, 0.225f};
    float[] made =
        run(
                planes,
                Map.of(
                    "pixels", new HostArray(new long[] {1, 2, 3, 2}, bytes),
                    "mean", new HostArray(new long[] {1, 2, 1, 1}, means),
                    "deviation", new HostArray(new long[] {1, 2, 1, 1}, deviations)))
            .values();
    for (int channel = 0; channel < 2; channel++) {
      for (int i = 0; i < 6; i++) {
        assertThat(made[channel * 6 + i])
            .isEqualTo((bytes[2 * i + channel] / 255f - means[channel]) / deviations[channel]);
      }
    }
  }

  @Test
  void labelsThatAreNotIgnoredAreCounted() {
    assertThat(run(labels.countUnless(255), Map.of("labels", LABELS)).values()).containsExactly(8);
    assertThat(run(labels.countUnless(2), Map.of("labels", LABELS)).values()).containsExactly(9);
    assertThat(labels.countUnless(255).shape()).isEmpty();
  }

  @Test
  void classesThatOccurAreOne() {
    Tensor present = labels.present(4, 255);
    assertThat(present.shape()).containsExactly(labels.batch(), Dim.of(4));
    assertThat(run(present, Map.of("labels", LABELS)).values())
        .containsExactly(1, 0, 1, 0, 0, 1, 0, 0);
    assertThat(run(labels.equalTo(2).asFloat(), Map.of("labels", LABELS)).values())
        .containsExactly(0, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void labelsAndPredictionsAreCountedInPairs() {
    // The predicted classes, pixel by pixel: 0 1 2 2 0 0 for the first image, 1 for the second.
    float[] scores = new float[2 * 3 * 6];
    int[] predicted = {0, 1, 2, 2, 0, 0, 1, 1, 1, 1, 1, 1};
    for (int i = 0; i < predicted.length; i++) {
      scores[i / 6 * 18 + predicted[i] * 6 + i % 6] = 1;
    }
    HostArray given = new HostArray(new long[] {2, 3, 2, 3}, scores);
    Tensor confusion = logits.confusion(labels, 255);
    assertThat(confusion.shape()).containsExactly(Dim.of(9));
    assertThat(run(confusion, Map.of("labels", LABELS, "logits", given)).values())
        .containsExactly(2, 0, 0, 0, 3, 0, 1, 1, 1);
  }
}
