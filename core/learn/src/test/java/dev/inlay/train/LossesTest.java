package dev.inlay.train;

import static dev.inlay.train.SmallTechniques.loss;
import static dev.inlay.train.SmallTechniques.network;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.InlayException;
import dev.inlay.Tensor;
import dev.inlay.assemble.Assembly;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Parameter;
import dev.inlay.torch.GraphRunner;
import dev.inlay.torch.HostArray;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The training loss: its sum and its names; the network's graph does not change. */
final class LossesTest {

  private static final int IGNORED = 255;

  @Test
  void aSingleLossIsCalledAsItsOutput() {
    Losses losses = new Losses(network("trunk | sided | head"), loss("cross-entropy"), IGNORED);

    assertThat(losses.names()).containsExactly("decoder", "side");
  }

  @Test
  void severalLossesOfAnOutputAreCalledAsTheirObjectivesToo() {
    Assembly network = network("trunk | sided(objective='mean + 2*mean(scale=3)') | head");
    Losses losses = new Losses(network, loss("0.5*mean + cross-entropy"), IGNORED);

    assertThat(losses.names())
        .containsExactly("decoder: mean", "decoder: cross-entropy", "side: mean", "side: mean-2");
  }

  @Test
  void theTotalIsTheWeightedSumOfWhatIsReported() {
    Assembly network =
        network("trunk | sided(objective='mean + 2*mean(scale=3)', weight=0.25) | head");
    float[] values = values(new Losses(network, loss("0.5*mean + cross-entropy"), IGNORED));

    assertThat(values[4]).isCloseTo(3 * values[3], within(1e-6f)).isNotZero();
    assertThat(values[0])
        .isCloseTo(
            0.5f * values[1] + values[2] + 0.25f * (values[3] + 2 * values[4]), within(1e-5f));
  }

  @Test
  void theNetworksOwnGraphStaysAsItIs() {
    Assembly network = network("trunk | sided | head");
    Losses losses = new Losses(network, loss("cross-entropy"), IGNORED);

    assertThat(network.graph().inputs()).extracting(input -> input.name()).containsExactly("image");
    assertThat(losses.graph().inputs())
        .extracting(input -> input.name())
        .containsExactly("image", "labels");
    assertThat(losses.graph().parameters()).isEqualTo(network.graph().parameters());
  }

  @Test
  void twoLossesOfOneNetworkDoNotMeet() {
    Assembly network = network("trunk | head");
    new Losses(network, loss("mean"), IGNORED);

    float[] values = values(new Losses(network, loss("2*mean"), IGNORED));
    assertThat(values[0]).isCloseTo(2 * values[1], within(1e-6f));
  }

  @Test
  void objectivesThatAreNoneAreRefusedByNameAndOutput() {
    assertRefused("learned", "decoder: the objective 'learned' has the parameter decoder.factor,");
    assertRefused("wide", "decoder: the objective 'wide' gave a tensor of type FLOAT and shape [");
    assertRefused(
        "0.5*mean + failing", "technique 'failing' of ", "IllegalStateException: not today");
    assertThatThrownBy(
            () -> new Losses(network("trunk | sided(objective=wide) | head"), loss("mean"), 255))
        .isInstanceOf(InlayException.class)
        .hasMessageStartingWith("side: the objective 'wide' gave");
  }

  private static void assertRefused(String loss, String... parts) {
    assertThatThrownBy(() -> new Losses(network("trunk | head"), loss(loss), IGNORED))
        .isInstanceOf(InlayException.class)
        .hasMessageContainingAll(parts);
  }

  /** The total loss of noise, then the single losses. */
  private static float[] values(Losses losses) {
    Map<String, HostArray> parameters = new LinkedHashMap<>();
    for (Parameter parameter : losses.graph().parameters().values()) {
      long[] shape = parameter.shape().stream().mapToLong(Long::longValue).toArray();
      float[] fresh = new float[(int) parameter.size()];
      parameter.init().fill(FloatBuffer.wrap(fresh), shape, new Random(1));
      parameters.put(parameter.name(), new HostArray(shape, fresh));
    }
    Random random = new Random(2);
    float[] image = new float[3 * 64];
    float[] ids = new float[64];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.nextGaussian() + 1;
      ids[i % 64] = i % 5 == 0 ? IGNORED : random.nextInt(3);
    }
    Map<String, HostArray> inputs =
        Map.of(
            "image", new HostArray(new long[] {1, 3, 8, 8}, image),
            "labels", new HostArray(new long[] {1, 8, 8}, ids));
    List<Tensor> outputs = new ArrayList<>(List.of(losses.total()));
    outputs.addAll(losses.reported().subList(0, losses.names().size()));
    List<HostArray> made =
        GraphRunner.run(losses.graph(), outputs, ProgramOptions.TRAINING, parameters, inputs);
    float[] values = new float[made.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = made.get(i).values()[0];
    }
    return values;
  }
}
