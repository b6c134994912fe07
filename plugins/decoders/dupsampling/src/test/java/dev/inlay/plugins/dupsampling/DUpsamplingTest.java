package dev.inlay.plugins.dupsampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.assemble.Assembly;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.fixtures.ClassPathTechniques;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import dev.inlay.graph.Graph;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.torch.GraphRunner;
import dev.inlay.torch.HostArray;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DUpsamplingTest implements TechniqueContract<DUpsampling.Options> {

  private static final String MAPS = "given(channels=[4, 8, 12, 16], strides=[4, 8, 16, 16]) | ";

  @Override
  public DUpsampling technique() {
    return new DUpsampling();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "code=4, channels=6",
        "ratio=8, code=3, channels=4, maps=[1, -2], fineChannels=5, alignCorners=true",
        "code=3, channels=4, maps=[], dropout=[0.0, 0.0]");
  }

  @Override
  public List<String> refused() {
    return List.of(
        "ratio=-1",
        "code=0",
        "fineChannels=0",
        "channels=0",
        "maps=[4]",
        "dropout=[0.1]",
        "dropout=[0.1, 1.0]");
  }

  @Test
  void isTheReference() {
    DUpsampling.Options options =
        new DUpsampling.Options(4, 32, List.of(0), 12, 32, List.of(0.5, 0.1), false);
    GoldenFile.resource("dupsampling_decoder")
        .with((inputs, scope) -> List.of(decoded(options, inputs, scope)))
        .without("state.dupsample.conv_p")
        .matches();
  }

  /** The file has the coarse map first. */
  private Tensor decoded(DUpsampling.Options options, List<Tensor> inputs, Scope scope) {
    List<Tensor> maps = List.of(inputs.get(1), inputs.get(0));
    return technique()
        .build(options, new Features(maps.get(0), 6, maps, List.of(4, 4), Map.of()), scope);
  }

  @Test
  void isTheReferencesLayer() {
    GoldenFile.resource("dupsampling_layer")
        .with((inputs, scope) -> List.of(DUpsampling.blocks(inputs.get(0), 4, 6, scope)))
        .without("state.conv_p")
        .matches();
  }

  @Test
  void cannotBeToldFromTheReferencesLossOverTheTemperature() {
    GoldenFile.resource("dupsampling_loss")
        .with(
            (inputs, scope) -> {
              Tensor logits = DUpsampling.tempered(inputs.get(0), 4, 6, scope);
              return List.of(logits.crossEntropy(inputs.get(1), 255), logits);
            })
        .without("state.dupsample.conv_p")
        .matches();
  }

  /** Blocks of labels are packed in the order in which the decoder unpacks them. */
  @Test
  void reconstructsLabelsAsTheReference() {
    DUpsampling.Options options =
        new DUpsampling.Options(4, 16, List.of(), 1, 1, List.of(0.0, 0.0), false);
    GoldenFile.resource("dupsampling_reconstruction")
        .with((inputs, scope) -> Dunet.reconstruction(options, labels(inputs), scope))
        .matches();
  }

  private static Features labels(List<Tensor> inputs) {
    return new Features(inputs.get(0), 6, inputs, List.of(4), Map.of());
  }

  /** W as the identity lays the code out: the place says which code comes out. */
  @Test
  void laysBlocksOutOnMapsThatAreNotSquare() {
    Graph graph = new Graph();
    Tensor code =
        graph.input("code", Tensor.Type.FLOAT, Dim.of(1), Dim.of(8), Dim.of(1), Dim.of(3));
    Tensor made = DUpsampling.blocks(code, 2, 2, graph.scope(""));
    float[] identity = new float[64];
    float[] values = new float[24];
    for (int i = 0; i < 24; i++) {
      identity[i / 3 * 9] = 1;
      values[i] = i / 3 * 10 + i % 3; // Ten times the channel, and the column.
    }
    HostArray result =
        GraphRunner.run(
                graph,
                List.of(made),
                ProgramOptions.INFERENCE,
                Map.of("conv_w.weight", new HostArray(new long[] {8, 8, 1, 1}, identity)),
                Map.of("code", new HostArray(new long[] {1, 8, 1, 3}, values)))
            .get(0);

    assertThat(result.shape()).containsExactly(1, 2, 2, 6);
    assertThat(result.values())
        .containsExactly(
            0, 20, 1, 21, 2, 22, //
            40, 60, 41, 61, 42, 62, //
            10, 30, 11, 31, 12, 32, //
            50, 70, 51, 71, 52, 72);
  }

  @Test
  void refusesACropThatTheRatioDoesNotDivide() {
    Assembly network = assembly(MAPS + "dupsampling(code=4, channels=4)");
    network.requireCrop(48, 64);
    assertThatThrownBy(() -> network.requireCrop(48, 60))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "'dupsampling' learns blocks of 16x16 pixels, but its ratio 16 does not divide the crop"
                + " 48x60. Take a crop like 48x48, or another ratio.");
    assembly(MAPS + "dupsampling(ratio=4, code=4, channels=4)").requireCrop(48, 60);
  }

  private static Assembly assembly(String spec) {
    return Assembly.of(NetworkSpec.parse(spec, ClassPathTechniques.all()), 5);
  }
}
