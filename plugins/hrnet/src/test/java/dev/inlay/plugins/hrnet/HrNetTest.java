package dev.inlay.plugins.hrnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.Tensor;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.NetworkFigures;
import dev.inlay.fixtures.TechniqueContract;
import dev.inlay.graph.Graph;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.torch.HostArray;
import dev.inlay.torch.Probe;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HrNetTest implements TechniqueContract<HrNet.Options> {

  private static final String SMALL =
      "hrnet(width=6, firstWidth=6, modules=[1, 2, 1], blocks=[2, 2, 2, 2]) | ";

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

  @Test
  void isTheReferenceBeforeAClassifierOfAllBranches() {
    GoldenFile.shared("net_fcn_hr_small")
        .with(SMALL + "fcn(maps=all, convs=1, kernel=1, channels=90, dropout=0)")
        .matches();
  }

  @Test
  void isTheReferenceBeforeObjectContext() {
    GoldenFile.shared("net_ocrnet_hr_small")
        .with(
            SMALL
                + "ocr(joined=true, channels=32, keyChannels=16, coarseKernel=1,"
                + " coarseChannels=90, dropout=0) | fcn(dropout=0)")
        .renaming("decode_head.0.", "decode_head.coarse.")
        .renaming("decode_head.1.", "decode_head.")
        .matches();
  }

  /** The golden files have even sizes, where one step and two make the same. */
  @Test
  void enlargesByTheWholeFactorBeforeItMeetsOddSizes() {
    Graph graph = new Graph();
    Tensor coarse = graph.input("coarse", Tensor.Type.FLOAT, sizes(2));
    Tensor fine = graph.input("fine", Tensor.Type.FLOAT, sizes(3));
    HostArray made =
        Probe.run(
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

  /** Counted from the layout of the reference's configurations. */
  @ParameterizedTest
  @CsvSource({
    "fcn_hr18, 9_640_849, 36.85, 0.00",
    "fcn_hr18s, 3_939_309, 19.21, 0.00",
    "fcn_hr48, 65_858_659, 186.88, 0.00",
    "ocrnet_hr18, 12_080_036, 105.86, 0.64",
    "ocrnet_hr18s, 6_378_496, 88.23, 0.64",
    "ocrnet_hr48, 70_371_446, 323.84, 0.64"
  })
  void hasAsManyParametersAsTheReference(
      String preset, String parameters, String convolutions, String attention) {
    long count = Long.parseLong(parameters.replace("_", ""));
    NetworkFigures.of(preset, 19)
        .haveParameters(count, count)
        .haveMultiplyAdds(convolutions, attention, 512, 1024);
  }

  private static Dim[] sizes(int width) {
    return new Dim[] {Dim.of(1), Dim.of(1), Dim.of(1), Dim.of(width)};
  }
}
