package dev.inlay.plugins.asymmetricnonlocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.Dim;
import dev.inlay.InlayException;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class AsymmetricNonLocalTest implements TechniqueContract<AsymmetricNonLocal.Options> {

  @Override
  public AsymmetricNonLocal technique() {
    return new AsymmetricNonLocal();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "",
        "channels=6, keyChannels=4, map=0, bins=[2, 5], dropout=0",
        "channels=4, queryScales=[1, 2, 3], alignCorners=true",
        "channels=4, queryScales=[2]");
  }

  @Override
  public Map<String, String> synonyms() {
    return Map.of(
        "alignCorners=true", "", "queryScales=[1, 1], alignCorners=true", "queryScales=[1, 1]");
  }

  @Override
  public List<String> refused() {
    return List.of(
        "channels=-1",
        "keyChannels=-1",
        "bins=[]",
        "bins=[1, 0]",
        "queryScales=[]",
        "queryScales=[0]",
        "dropout=1");
  }

  @Override
  public List<int[]> imageSizes() {
    return List.of(new int[] {96, 128}, new int[] {99, 131});
  }

  /** The reference's state has the keys' projection twice where it is that of the queries, too. */
  @Test
  void isTheReference() {
    GoldenFile.resource("annhead")
        .with("asymmetric-non-local(channels=16, keyChannels=8) | given-classifier")
        .renaming("context.stages.0.query_project.", "context.stages.0.key_project.")
        .matches();
  }

  /** Two query scales, against attention that is written out pixel by pixel. */
  @Test
  void addsTheAttentionsOfSeveralQueryScales() {
    AsymmetricNonLocal.Options options =
        new AsymmetricNonLocal.Options(0, 0, -2, List.of(1, 3), List.of(1, 2), 0, true);
    Graph graph = new Graph();
    Tensor x = graph.input("x", Tensor.Type.FLOAT, sizes(2, 5, 7));
    Tensor source = graph.input("source", Tensor.Type.FLOAT, sizes(3, 4, 6));
    Tensor context =
        AsymmetricNonLocal.context(options, 4, x, source, "query_project", graph.scope(""));

    SplittableRandom random = new SplittableRandom(3);
    Map<String, HostArray> parameters = new HashMap<>();
    graph
        .parameters()
        .forEach((name, each) -> parameters.put(name, PlainAttention.state(each, random)));
    HostArray queries = PlainAttention.random(random, 2, 2, 5, 7);
    HostArray keys = PlainAttention.random(random, 2, 3, 4, 6);
    float[] made =
        GraphRunner.run(
                graph,
                List.of(context),
                ProgramOptions.INFERENCE,
                parameters,
                Map.of("x", queries, "source", keys))
            .get(0)
            .values();

    for (int image = 0; image < 2; image++) {
      PlainAttention plain = new PlainAttention(parameters, List.of(1, 3));
      double[][][] one =
          plain.of(
              "stages.0.",
              1,
              PlainAttention.image(queries, image),
              PlainAttention.image(keys, image));
      double[][][] two =
          plain.of(
              "stages.1.",
              2,
              PlainAttention.image(queries, image),
              PlainAttention.image(keys, image));
      for (int i = 0; i < 2 * 5 * 7; i++) {
        int c = i / 35;
        int row = i / 7 % 5;
        assertThat((double) made[image * 70 + i])
            .isCloseTo(one[c][row][i % 7] + two[c][row][i % 7], within(1e-5));
      }
    }
  }

  private static Dim[] sizes(int channels, int height, int width) {
    return new Dim[] {Dim.symbol("B"), Dim.of(channels), Dim.of(height), Dim.of(width)};
  }

  /** A map of one row has no 2x2 pixels. */
  @Test
  void refusesACropThatLeavesNoQueries() {
    String spec =
        "given(channels=[8, 8], strides=[8, 8]) | asymmetric-non-local(queryScales=[1, 2])"
            + " | given-classifier";
    Assembly network = Assembly.of(NetworkSpec.parse(spec, ClassPathTechniques.all()), 3);
    network.requireCrop(9, 16);
    assertThatThrownBy(() -> network.requireCrop(16, 8))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "'asymmetric-non-local' with queryScales=[1, 2] needs a map of 2 rows and columns or"
                + " more, but a crop of 16x8 gives a map of 2x1. Take a larger crop, a backbone of a"
                + " smaller stride or smaller queryScales.");
  }
}
