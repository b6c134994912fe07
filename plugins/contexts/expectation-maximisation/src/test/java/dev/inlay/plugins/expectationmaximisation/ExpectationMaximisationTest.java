package dev.inlay.plugins.expectationmaximisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.Tensor;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.compile.torch.LossGradients;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import dev.inlay.graph.Graph;
import dev.inlay.torch.GraphRunner;
import dev.inlay.torch.HostArray;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ExpectationMaximisationTest
    implements TechniqueContract<ExpectationMaximisation.Options> {

  private static final ExpectationMaximisation.Options OPTIONS =
      new ExpectationMaximisation.Options(0, 0, 3, 2, 0.1, true);

  @Override
  public ExpectationMaximisation technique() {
    return new ExpectationMaximisation();
  }

  @Override
  public List<String> samples() {
    return List.of("bases=4", "channels=6, emaChannels=5, bases=3, rounds=1, concat=false");
  }

  @Override
  public List<String> refused() {
    return List.of(
        "channels=-1", "emaChannels=-1", "bases=0", "rounds=0", "momentum=-0.1", "momentum=1.1");
  }

  @Test
  void isTheReference() {
    GoldenFile.resource("emahead")
        .with("expectation-maximisation(channels=12, emaChannels=16, bases=8) | given-classifier")
        .matches();
  }

  /** Each training step begins with the bases that the one before it stored. */
  @Test
  void trainingMovesTheBases() {
    Graph graph = new Graph();
    Tensor x = graph.input("x", Tensor.Type.FLOAT, sizes(4));
    Tensor rebuilt = ExpectationMaximisation.attend(OPTIONS, x, graph.scope("ema"));
    assertThat(graph.updates()).hasSize(1);
    Graph.Update update = graph.updates().get(0);
    assertThat(update.stored().name()).isEqualTo("ema.bases");

    HostArray images = random(1, 2, 4, 3, 5);
    HostArray bases = random(2, 1, 4, 3);
    PlainBases plain = new PlainBases(bases.values(), 4, 3);
    for (int step = 0; step < 3; step++) {
      List<HostArray> made =
          GraphRunner.run(
              graph,
              List.of(rebuilt, update.value()),
              ProgramOptions.TRAINING,
              Map.of("ema.bases", bases),
              Map.of("x", images));
      isCloseTo(made.get(0), plain.rebuilt(images.values(), 2, 15, OPTIONS.rounds()));
      bases = made.get(1);
      plain.move(OPTIONS.momentum());
      isCloseTo(bases, plain.stored());
    }
  }

  private static void isCloseTo(HostArray made, double[] expected) {
    assertThat(made.values()).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) made.values()[i]).isCloseTo(expected[i], within(1e-5));
    }
  }

  /** The reference freezes it, and weight decay must not shrink it either. */
  @Test
  void theLayerBeforeTheRoundsIsNotTrained() {
    Graph graph = new Graph();
    Tensor x = graph.input("x", Tensor.Type.FLOAT, sizes(8));
    Features input = new Features(x, 3, List.of(x), List.of(8), Map.of());
    Tensor result = technique().build(OPTIONS, input, graph.scope("")).last();
    assertThat(
            new LossGradients(graph, result.mean(0, 1, 2, 3), List.of(), ProgramOptions.TRAINING)
                .trained())
        .contains("ema_in_conv.conv.weight", "ema_out_conv.conv.weight")
        .noneMatch(name -> name.startsWith("ema_mid_conv") || name.contains("bases"));
  }

  private static Dim[] sizes(int channels) {
    return new Dim[] {Dim.symbol("B"), Dim.of(channels), Dim.symbol("H"), Dim.symbol("W")};
  }

  private static HostArray random(long seed, long... shape) {
    Random random = new Random(seed);
    int size = 1;
    for (long each : shape) {
      size *= (int) each;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new HostArray(shape, values);
  }
}
