package dev.inlay.plugins.jpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Tensor;
import dev.inlay.fixtures.GoldenComparison;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import dev.inlay.graph.Graph;
import dev.inlay.spec.NetworkSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JpuTest implements TechniqueContract<Jpu.Options> {

  @Override
  public Jpu technique() {
    return new Jpu();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "channels=8",
        "levels=2, channels=6, dilations=[1, 3], coarsestFirst=true, alignCorners=true");
  }

  @Override
  public List<String> refused() {
    return List.of("levels=1", "channels=0", "dilations=[]", "dilations=[1, 0]");
  }

  @Test
  void isTheReference() {
    GoldenFile.resource("jpu").with("jpu(channels=12)").matches();
  }

  /** The reference hands on the levels that it joins, not what is around them. */
  @Test
  void joinsAsManyLevelsAsTheReference() {
    GoldenFile golden = GoldenFile.resource("jpu_levels");
    golden
        .with(
            (maps, scope) -> {
              Features joined = new Features(maps.get(0), 3, maps, List.of(4, 8, 16, 32), Map.of());
              Jpu.Options options = new Jpu.Options(2, 4, List.of(1, 3), false, true);
              return technique()
                  .build(options, joined.withMaps(maps.subList(1, 3), List.of(8, 16)), scope)
                  .maps();
            })
        .matches();
  }

  @Test
  void isTheAuthorsCode() {
    GoldenComparison comparison =
        GoldenFile.resource("fastfcn_jpu")
            .with("jpu(channels=8, coarsestFirst=true, alignCorners=true)");
    for (int i = 0; i < 3; i++) {
      comparison
          .renaming("conv" + (3 + i) + ".0.", "conv_layers." + i + ".0.conv.")
          .renaming("conv" + (3 + i) + ".1.", "conv_layers." + i + ".0.bn.");
    }
    for (int i = 0; i < 4; i++) {
      String theirs = "dilation" + (1 + i);
      String ours = "dilation_layers." + i + ".0.";
      comparison
          .renaming(theirs + ".0.conv1.", ours + "depthwise_conv.conv.")
          .renaming(theirs + ".0.bn.", ours + "depthwise_conv.bn.")
          .renaming(theirs + ".0.pointwise.", ours + "pointwise_conv.conv.")
          .renaming(theirs + ".1.", ours + "pointwise_conv.bn.");
    }
    comparison.matches();
  }

  @Test
  void handsOnTheFinerMapsAsTheyAreAndTheStrideOfTheFinest() {
    Graph graph = new Graph();
    Features input = features(graph, 4);
    Features output =
        technique().build(NetworkSpec.Stage.of(technique()).options(), input, graph.scope("jpu"));
    assertThat(output.maps().subList(0, 3)).isEqualTo(input.maps().subList(0, 3));
    assertThat(output.strides()).containsExactly(4, 8, 16, 8);
    assertThat(output.last().shape()).hasToString("[1, 2048, 32, 32]");
  }

  @Test
  void refusesTooFewLevels() {
    Graph graph = new Graph();
    Features input = features(graph, 2);
    assertThatThrownBy(
            () ->
                graph.stage(
                    "jpu",
                    () ->
                        technique()
                            .build(
                                NetworkSpec.Stage.of(technique()).options(),
                                input,
                                graph.scope("jpu"))))
        .isInstanceOf(InlayException.class)
        .hasMessageStartingWith("jpu Jpu.java:")
        .hasMessageEndingWith(
            ": levels is 3, but the stages before made 2 maps; put the module after a backbone with"
                + " that many levels, or set levels lower.");
  }

  private static Features features(Graph graph, int count) {
    Tensor image = graph.input("image", Tensor.Type.FLOAT, sizes(3, 256));
    Tensor[] maps = new Tensor[count];
    Integer[] strides = new Integer[count];
    for (int i = 0; i < count; i++) {
      strides[i] = 4 << i;
      maps[i] = graph.input("map" + i, Tensor.Type.FLOAT, sizes(8, 256 / strides[i]));
    }
    return new Features(image, 5, List.of(maps), List.of(strides), Map.of());
  }

  private static Dim[] sizes(int channels, int pixels) {
    return new Dim[] {Dim.of(1), Dim.of(channels), Dim.of(pixels), Dim.of(pixels)};
  }
}
