package dev.inlay.plugins.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.Dim;
import dev.inlay.InlayException;
import dev.inlay.Scope;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.graph.Graph;
import dev.inlay.network.HostArray;
import dev.inlay.network.Probe;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
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
    assertThat(present(labels, 1, 5, 255)).containsExactly(present.values());
  }

  /** Image by image; what is ignored counts nowhere, whether its id is a class's or not. */
  @Test
  void leavesOutWhatIsIgnored() {
    HostArray labels = new HostArray(new long[] {2, 2, 2}, new float[] {0, 2, 2, 0, 1, 3, 1, 1});
    assertThat(present(labels, 2, 4, 3)).containsExactly(1, 0, 1, 0, 0, 1, 0, 0);
    assertThat(present(labels, 2, 3, 3)).containsExactly(1, 0, 1, 0, 1, 0);
    assertThat(present(labels, 2, 4, 0)).containsExactly(0, 0, 1, 0, 0, 1, 0, 1);
  }

  /** The decoder's loss, 0.2 of this and 0.4 of an auxiliary head's, with their gradients. */
  @Test
  void isTheAuthorsLoss() {
    GoldenFile.resource("encnet_se_loss").with(PresenceTest::sum).matches();
  }

  private static List<Tensor> sum(List<Tensor> inputs, Scope scope) {
    Tensor labels = inputs.get(3);
    Tensor presence = PRESENCE.loss(PRESENCE.defaults(), inputs.get(1), labels, -1, scope);
    return List.of(
        inputs
            .get(0)
            .crossEntropy(labels, -1)
            .add(presence.mul(0.2))
            .add(inputs.get(2).crossEntropy(labels, -1).mul(0.4)));
  }

  @Test
  void refusesMaps() {
    Graph graph = new Graph();
    Dim[] sizes = {Dim.of(1), Dim.of(5), Dim.of(4), Dim.of(4)};
    Tensor map = graph.input("map", Tensor.Type.FLOAT, sizes);
    assertThatThrownBy(() -> PRESENCE.loss(PRESENCE.defaults(), map, map, 255, graph.scope("")))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "presence compares logits (B,K), one for each class of an image, got [1, 5, 4, 4]");
  }

  private static float[] present(HostArray labels, int images, int classes, int ignore) {
    Graph graph = new Graph();
    Dim[] sizes = {Dim.symbol("B"), Dim.symbol("H"), Dim.symbol("W")};
    Tensor given = graph.input("labels", Tensor.Type.INTEGER, sizes);
    Tensor logits = graph.input("logits", Tensor.Type.FLOAT, sizes[0], Dim.of(classes));
    HostArray zeros = new HostArray(new long[] {images, classes}, new float[images * classes]);
    Tensor present = Presence.present(logits, given, ignore);
    return Probe.run(
            graph,
            List.of(present),
            ProgramOptions.INFERENCE,
            Map.of(),
            Map.of("labels", labels, "logits", zeros))
        .get(0)
        .values();
  }
}
