package dev.inlay.plugins.hrnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.Tensor;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import dev.inlay.graph.Graph;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.torch.GraphRunner;
import dev.inlay.torch.HostArray;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HrNetTest implements TechniqueContract<HrNet.Options> {

  @Override
  public HrNet technique() {
    return new HrNet();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "width=4, firstWidth=4, stemChannels=8, modules=[1, 1, 1], blocks=[1, 1, 1, 1]",
        "widths=[8, 6, 10, 7], firstWidth=2, stemChannels=8, modules=[2, 1, 1],"
            + " blocks=[2, 1, 1, 1]",
        "width=4, firstWidth=4, stemChannels=8, modules=[1, 1, 2], finestOnly=true,"
            + " blocks=[1, 1, 1, 1, 2, 1, 1, 1, 1, 1]");
  }

  @Override
  public Map<String, String> synonyms() {
    return Map.of(
        "widths=[18, 36, 72, 144]", "width=18",
        "widths=[48, 96, 192, 384], blocks=[4, 4, 4, 4, 4, 4, 4, 4, 4, 4]", "",
        "width=18, widths=[18, 36, 72, 100], blocks=[2, 1, 1, 3, 3, 3, 4, 4, 4, 4]",
            "widths=[18, 36, 72, 100], blocks=[2, 1, 3, 4]");
  }

  @Override
  public List<String> refused() {
    return List.of(
        "width=0",
        "widths=[18, 36]",
        "modules=[]",
        "modules=[1, 2]",
        "modules=[1, 0, 1]",
        "blocks=[4]",
        "blocks=[4, 4, 4, 0]",
        "blocks=[1, 1, 1, 1, 1]",
        "blocks=[1, 1, 1, 1, 1, 1, 1, 1, 1, 0]",
        "firstWidth=0",
        "stemChannels=0");
  }

  @Test
  void isTheReference() {
    GoldenFile.resource("hrnet")
        .with("hrnet(width=6, firstWidth=8, modules=[1, 2, 1], blocks=[1, 2, 2, 2])")
        .matches();
  }

  /** Branches with blocks and widths of their own, and a last module that makes one map. */
  @Test
  void isTheReferenceThatHandsOnItsFinestBranch() {
    GoldenFile.resource("hrnet_finest")
        .with(
            "hrnet(widths=[2, 3, 5, 6], firstWidth=2, modules=[1, 1, 2], finestOnly=true,"
                + " blocks=[1, 1, 1, 1, 2, 1, 1, 1, 1, 1])")
        .matches();
  }

  /** The golden files have even sizes, where one step and two make the same. */
  @Test
  void enlargesByTheWholeFactorBeforeItMeetsOddSizes() {
    Graph graph = new Graph();
    Tensor coarse = graph.input("coarse", Tensor.Type.FLOAT, sizes(2));
    Tensor fine = graph.input("fine", Tensor.Type.FLOAT, sizes(3));
    HostArray made =
        GraphRunner.run(
                graph,
                List.of(Exchange.enlarged(coarse, 2, fine)),
                ProgramOptions.INFERENCE,
                Map.of(),
                Map.of(
                    "coarse", new HostArray(new long[] {1, 1, 1, 2}, new float[] {0, 1}),
                    "fine", new HostArray(new long[] {1, 1, 1, 3}, new float[3])))
            .get(0);
    // By way of 0, 1/4, 3/4, 1; in one step it would be 0, 1/2, 1.
    assertThat(made.values()).containsExactly(new float[] {1 / 24f, 0.5f, 23 / 24f}, within(1e-6f));
  }

  @Test
  void handsOnOneMapForEachBranch() {
    Graph graph = new Graph();
    Tensor image =
        graph.input("image", Tensor.Type.FLOAT, Dim.of(1), Dim.of(3), Dim.of(96), Dim.symbol("W"));
    Features output =
        technique()
            .build(
                NetworkSpec.Stage.of(technique()).options(),
                Features.of(image, 5),
                graph.scope("backbone"));
    assertThat(output.strides()).containsExactly(4, 8, 16, 32);
    assertThat(output.maps()).extracting(Tensor::channels).containsExactly(48, 96, 192, 384);
    assertThat(output.maps())
        .extracting(map -> map.height().value())
        .containsExactly(24L, 12L, 6L, 3L);
  }

  private static Dim[] sizes(int width) {
    return new Dim[] {Dim.of(1), Dim.of(1), Dim.of(1), Dim.of(width)};
  }
}
