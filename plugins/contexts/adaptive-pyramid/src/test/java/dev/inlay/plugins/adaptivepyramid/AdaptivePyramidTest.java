package dev.inlay.plugins.adaptivepyramid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Parameter;
import dev.inlay.torch.GraphRunner;
import dev.inlay.torch.HostArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AdaptivePyramidTest implements TechniqueContract<AdaptivePyramid.Options> {

  @Override
  public AdaptivePyramid technique() {
    return new AdaptivePyramid();
  }

  @Override
  public List<String> samples() {
    return List.of("", "bins=[2, 5], channels=6, fusion=false");
  }

  @Override
  public List<String> refused() {
    return List.of("bins=[]", "bins=[1, 0]", "channels=-1");
  }

  @Test
  void isTheReference() {
    GoldenFile.resource("apchead")
        .with("adaptive-pyramid(channels=12) | given-classifier")
        .matches();
  }

  /** What ends each module of the reference is a ReLU, which a second one does not change. */
  @Test
  void leavesOutTheLastConvolutionWithoutFusion() {
    HostArray map = random("map", 2, 8, 5, 7);
    float[] with = result("fusion=true", map);
    float[] without = result("fusion=false", map);
    assertThat(without).hasSameSizeAs(with);
    for (int i = 0; i < with.length; i++) {
      assertThat(without[i]).isCloseTo(with[i], within(1e-4f * (1 + Math.abs(with[i]))));
    }
  }

  /** The result with the same random weights for all options, but fusions that copy their input. */
  private float[] result(String options, HostArray map) {
    Graph graph = new Graph();
    Tensor x =
        graph.input(
            "map", Tensor.Type.FLOAT, Dim.symbol("B"), Dim.of(8), Dim.symbol("H"), Dim.symbol("W"));
    Features input = new Features(x, 3, List.of(x), List.of(8), Map.of());
    AdaptivePyramid.Options read =
        Technique.options(AdaptivePyramid.class, "channels=4, bins=[1, 3], " + options);
    Tensor made = technique().build(read, input, graph.scope("")).last();
    Map<String, HostArray> parameters = new HashMap<>();
    graph.parameters().values().forEach(each -> parameters.put(each.name(), value(each)));
    return GraphRunner.run(
            graph, List.of(made), ProgramOptions.INFERENCE, parameters, Map.of("map", map))
        .get(0)
        .values();
  }

  private static HostArray value(Parameter parameter) {
    HostArray values =
        random(parameter.name(), parameter.shape().stream().mapToLong(Long::longValue).toArray());
    boolean copies = parameter.name().contains("fusion_conv.conv");
    boolean one = parameter.name().matches(".*bn[.](weight|running_var)");
    for (int i = 0; i < values.values().length; i++) {
      if (copies) {
        values.values()[i] = i % 5 == 0 ? 1 : 0;
      } else if (parameter.name().contains(".bn.")) {
        values.values()[i] = one ? 1 : 0;
      }
    }
    return values;
  }

  private static HostArray random(String name, long... shape) {
    Random random = new Random(name.hashCode());
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
