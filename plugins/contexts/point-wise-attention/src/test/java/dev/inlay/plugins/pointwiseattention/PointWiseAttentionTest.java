package dev.inlay.plugins.pointwiseattention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Scope;
import dev.inlay.Technique;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class PointWiseAttentionTest implements TechniqueContract<PointWiseAttention.Options> {

  @Override
  public PointWiseAttention technique() {
    return new PointWiseAttention();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "mask=[5, 7]",
        "channels=6, mode=collect, mask=[4, 30], shrink=1, padding=0",
        "channels=6, mode=distribute, mask=[9, 3], shrink=3, softmax=false, normalization=0",
        "channels=4, mask=[4, 8], compact=true, normalization=2",
        "channels=4, mode=collect, mask=[3, 3], compact=true, exchanged=true, shrink=1,"
            + " alignCorners=true");
  }

  @Override
  public Map<String, String> synonyms() {
    return Map.of(
        "exchanged=true", "",
        "compact=true, exchanged=true", "compact=true",
        "alignCorners=true", "",
        "shrink=1, padding=0, alignCorners=true", "shrink=1, padding=0",
        "mask=[3, 5], normalization=0", "mask=[3, 5], normalization=15");
  }

  @Override
  public List<String> refused() {
    return List.of(
        "channels=-1",
        "mode=both",
        "mask=[5]",
        "mask=[5, 0]",
        "shrink=0",
        "normalization=-1",
        "padding=2");
  }

  @Test
  void isTheReference() {
    GoldenFile.resource("psahead")
        .with("point-wise-attention(channels=12, mask=[13, 11]) | given-classifier")
        .matches();
  }

  @Test
  void isTheReferenceThatDistributes() {
    GoldenFile.resource("psahead_modes")
        .with(
            "point-wise-attention(channels=8, mode=distribute, mask=[11, 9], shrink=1)"
                + " | given-classifier")
        .matches();
  }

  @Test
  void isTheAuthorsModuleInBothDirections() {
    matches("psa_bi", "channels=12, mask=[11, 13], padding=0");
  }

  @Test
  void isTheAuthorsModuleInOneDirection() {
    matches("psa_single", "channels=12, mode=collect, mask=[9, 9], shrink=1, padding=0");
  }

  @Test
  void isTheAuthorsModuleWithACompactMask() {
    matches("psa_compact", "channels=12, mask=[6, 7], compact=true, shrink=1, padding=0");
  }

  /** The authors' module keeps its input beside the gathered features, and has other names. */
  private static void matches(String file, String text) {
    GoldenFile.resource(file)
        .with((given, scope) -> part("module", text, given.get(0), scope))
        .renaming("reduce.0.", "reduce.conv.")
        .renaming("reduce.1.", "reduce.bn.")
        .renaming("attention.0.", "attention.0.conv.")
        .renaming("attention.1.", "attention.0.bn.")
        .renaming("attention.3.", "attention.1.")
        .renaming("reduce_p.0.", "reduce_p.conv.")
        .renaming("reduce_p.1.", "reduce_p.bn.")
        .renaming("attention_p.0.", "attention_p.0.conv.")
        .renaming("attention_p.1.", "attention_p.0.bn.")
        .renaming("attention_p.3.", "attention_p.1.")
        .renaming("proj.0.", "proj.conv.")
        .renaming("proj.1.", "proj.bn.")
        .matches();
  }

  private static List<Tensor> part(String name, String text, Tensor x, Scope scope) {
    PointWiseAttention.Options options = Technique.options(PointWiseAttention.class, text);
    Features given = new Features(x, 1, List.of(x), List.of(1), Map.of());
    return new PointWiseAttention().parts().get(name).build(options, given, scope);
  }

  @Test
  void placesMasksAsTheAuthors() {
    GoldenFile.resource("psamask_collect")
        .with((given, scope) -> part("mask", "mode=collect, mask=[9, 11]", given.get(0), scope))
        .matches();
    GoldenFile.resource("psamask_distribute")
        .with((given, scope) -> part("mask", "mode=distribute, mask=[9, 11]", given.get(0), scope))
        .matches();
  }

  /** In mmsegmentation, a compact mask that collects acts as the authors' that distributes. */
  @Test
  void exchangesCompactMasksOfOneDirection() {
    Graph graph = new Graph();
    Tensor x = graph.input("x", Tensor.Type.FLOAT, Dim.of(1), Dim.of(4), Dim.of(4), Dim.of(6));
    String same = "mask=[2, 3], compact=true, mode=";
    List<Tensor> outputs = new ArrayList<>();
    for (String mode : List.of("collect, exchanged=true", "distribute", "collect")) {
      outputs.addAll(part("module", same + mode, x, graph.scope("")));
    }
    Map<String, HostArray> parameters = new HashMap<>();
    graph.parameters().forEach((name, each) -> parameters.put(name, numbers(each.shape())));
    Map<String, HostArray> given = Map.of("x", numbers(List.of(1L, 4L, 4L, 6L)));
    List<HostArray> made =
        GraphRunner.run(graph, outputs, ProgramOptions.INFERENCE, parameters, given);
    assertThat(made.get(0).values()).containsExactly(made.get(1).values());
    assertThat(made.get(0).values()).isNotEqualTo(made.get(2).values());
  }

  /** Positive numbers, which variances may be. */
  private static HostArray numbers(List<Long> shape) {
    long[] sizes = shape.stream().mapToLong(Long::longValue).toArray();
    float[] numbers = new float[(int) LongStream.of(sizes).reduce(1, Math::multiplyExact)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (i * 7 + 3) % 11 / 5f + 0.1f;
    }
    return new HostArray(sizes, numbers);
  }

  /** Of a 12x48 crop at stride 8, a factor of 3 leaves no row; a 12x40 one has aligned corners. */
  @Test
  void refusesACropThatLeavesNothingOfTheMap() {
    network("shrink=3").requireCrop(12, 40);
    assertThatThrownBy(() -> network("shrink=3").requireCrop(12, 48))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "'point-wise-attention' shrinks the map by 3, but a crop of 12x48 gives a map of 2x6."
                + " Take a larger crop, a backbone of a smaller stride or a smaller shrink.");
  }

  @Test
  void refusesACropOfAnotherSizeThanACompactMask() {
    network("compact=true, mask=[4, 5]").requireCrop(64, 80);
    assertThatThrownBy(() -> network("compact=true, mask=[4, 5]").requireCrop(64, 96))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "'point-wise-attention' has a compact mask of 4x5 positions, but a crop of 64x96 gives"
                + " a shrunk map of 4x6. Set mask=[4, 6], or compact=false.");
  }

  private static Assembly network(String options) {
    String spec =
        "given(channels=[8, 16], strides=[4, 8]) | point-wise-attention(%s) | given-classifier"
            .formatted(options);
    return Assembly.of(NetworkSpec.parse(spec, ClassPathTechniques.all()), 3);
  }
}
