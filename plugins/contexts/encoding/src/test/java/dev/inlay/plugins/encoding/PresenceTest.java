package dev.inlay.plugins.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.Dim;
import dev.inlay.InlayException;
import dev.inlay.Scope;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import dev.inlay.assemble.Assembly;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.fixtures.ClassPathTechniques;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Parameter;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.ObjectiveSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.torch.GraphRunner;
import dev.inlay.torch.HostArray;
import dev.inlay.train.Losses;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class PresenceTest {

  private static final Presence PRESENCE = new Presence();

  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(Technique.class))
        .filteredOn(found -> found instanceof Presence)
        .singleElement()
        .extracting(Technique::name)
        .isEqualTo("presence");
  }

  @Test
  void findsTheClassesThatTheReferenceFinds() {
    HostArray labels = GoldenFile.resource("enc_onehot").array("input.0");
    HostArray present = GoldenFile.resource("enc_onehot").array("output.0");
    assertThat(present(labels, 5, 255)).containsExactly(present.values());
  }

  /** Image by image; what is ignored counts nowhere, whether its id is a class's or not. */
  @Test
  void leavesOutWhatIsIgnored() {
    HostArray labels = new HostArray(new long[] {2, 2, 2}, new float[] {0, 2, 2, 0, 1, 3, 1, 1});
    assertThat(present(labels, 4, 3)).containsExactly(1, 0, 1, 0, 0, 1, 0, 0);
    assertThat(present(labels, 3, 3)).containsExactly(1, 0, 1, 0, 1, 0);
    assertThat(present(labels, 4, 0)).containsExactly(0, 0, 1, 0, 0, 1, 0, 1);
  }

  /** The decoder's loss, 0.2 of this and 0.4 of an auxiliary head's, with their gradients. */
  @Test
  void isTheAuthorsLoss() {
    GoldenFile.resource("encnet_se_loss").with(PresenceTest::sum).matches();
  }

  private static List<Tensor> sum(List<Tensor> inputs, Scope scope) {
    Tensor labels = inputs.get(3);
    Tensor presence = PRESENCE.loss(new Presence.Options(), inputs.get(1), labels, -1, scope);
    return List.of(
        inputs
            .get(0)
            .crossEntropy(labels, -1)
            .plus(presence.times(0.2))
            .plus(inputs.get(2).crossEntropy(labels, -1).times(0.4)));
  }

  /** In training the loss joins the decoder's with its weight, and reaches the codewords. */
  @Test
  void joinsTheDecodersLoss() {
    String spec =
        "given(channels=[8, 16], strides=[4, 8]) | encoding(channels=8, codes=4, weight=0.3)"
            + " | given-classifier";
    Techniques techniques = ClassPathTechniques.all();
    Assembly assembly = Assembly.of(NetworkSpec.parse(spec, techniques), 3);
    Losses losses = new Losses(assembly, ObjectiveSpec.parse("cross-entropy", techniques), 255);
    assertThat(losses.names()).containsExactly("decoder", "presence");

    List<Tensor> outputs = new ArrayList<>(List.of(losses.total()));
    outputs.addAll(losses.reported().subList(0, 2));
    Map<String, HostArray> inputs = Map.of("image", noise(2, 3, 32, 32), "labels", halves());
    Map<String, HostArray> parameters = parameters(losses.graph());
    List<HostArray> made =
        GraphRunner.run(losses.graph(), outputs, ProgramOptions.TRAINING, parameters, inputs);
    float decoder = made.get(1).values()[0];
    float presence = made.get(2).values()[0];
    assertThat(made.get(0).values()[0]).isCloseTo(decoder + 0.3f * presence, within(1e-5f));

    Map<String, HostArray> gradients =
        GraphRunner.gradients(
            losses.graph(),
            List.of(outputs.get(2)),
            ProgramOptions.TRAINING,
            List.of(new HostArray(new long[0], new float[] {1})),
            parameters,
            inputs);
    for (String name : List.of("se_layer.weight", "enc_module.encoding.0.codewords")) {
      assertThat(gradients.get("encoding." + name).values())
          .as("gradient of %s", name)
          .satisfies(values -> assertThat(largest(values)).isFinite().isPositive());
    }
  }

  private static Map<String, HostArray> parameters(Graph graph) {
    Map<String, HostArray> values = new LinkedHashMap<>();
    for (Parameter parameter : graph.parameters().values()) {
      long[] shape = parameter.shape().stream().mapToLong(Long::longValue).toArray();
      float[] fresh = new float[(int) parameter.size()];
      if (parameter.kind() != Parameter.Kind.COUNTER) {
        parameter.init().fill(FloatBuffer.wrap(fresh), shape, new Random(1));
      }
      values.put(parameter.name(), new HostArray(shape, fresh));
    }
    return values;
  }

  private static HostArray noise(long... shape) {
    float[] values = new float[(int) LongStream.of(shape).reduce(1, Math::multiplyExact)];
    Random random = new Random(2);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new HostArray(shape, values);
  }

  /** The first image shows class 1 and what is ignored, the second class 2. */
  private static HostArray halves() {
    float[] ids = new float[2 * 32 * 32];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = i < 512 ? 1 : i < 1024 ? 255 : 2;
    }
    return new HostArray(new long[] {2, 32, 32}, ids);
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  @Test
  void refusesMaps() {
    Graph graph = new Graph();
    Dim[] sizes = {Dim.of(1), Dim.of(5), Dim.of(4), Dim.of(4)};
    Tensor map = graph.input("map", Tensor.Type.FLOAT, sizes);
    assertThatThrownBy(() -> PRESENCE.loss(new Presence.Options(), map, map, 255, graph.scope("")))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "presence needs logits (B,K), one for each class of an image, got [1, 5, 4, 4]");
  }

  private static float[] present(HostArray labels, int classes, int ignore) {
    Graph graph = new Graph();
    Dim[] sizes = {Dim.symbol("B"), Dim.symbol("H"), Dim.symbol("W")};
    Tensor given = graph.input("labels", Tensor.Type.INTEGER, sizes);
    Tensor present = given.present(classes, ignore);
    return GraphRunner.run(
            graph, List.of(present), ProgramOptions.INFERENCE, Map.of(), Map.of("labels", labels))
        .get(0)
        .values();
  }
}
