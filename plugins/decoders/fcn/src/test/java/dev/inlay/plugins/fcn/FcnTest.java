package dev.inlay.plugins.fcn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Parameter;
import dev.inlay.torch.GraphRunner;
import dev.inlay.torch.HostArray;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FcnTest implements TechniqueContract<Fcn.Options> {

  @Override
  public Fcn technique() {
    return new Fcn();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "",
        "convs=2, concat=true, channels=6, dilation=2, alignCorners=true",
        "concat=true, channels=6",
        "convs=1, kernel=1, maps=all, dropout=0",
        "upsample=nearest",
        "upsample=transposed, maps=all",
        "upsample=sub-pixel, maps=all");
  }

  @Override
  public Map<String, String> synonyms() {
    return Map.of(
        "channels=8, kernel=1, dilation=2", "",
        "convs=1, kernel=1, dilation=2", "convs=1, kernel=1",
        "concat=true, channels=8, dilation=2", "channels=8, concat=true",
        "upsample=nearest, alignCorners=true", "upsample=nearest");
  }

  @Override
  public List<String> refused() {
    return List.of("convs=-1", "channels=-1", "kernel=2", "dilation=0", "dropout=1");
  }

  @Test
  void isTheReference() {
    GoldenFile.resource("fcnhead").with("fcn(convs=2, channels=12, concat=true)").matches();
  }

  /** Without convolutions the reference joins the map to itself. */
  @Test
  void isTheReferenceWithOneScoreForTwoClasses() {
    GoldenFile.resource("fcnhead_binary").with("fcn(convs=0, channels=6, concat=true)").matches();
  }

  @Test
  void isTheReferenceOnAllMaps() {
    GoldenFile.resource("fcnhead_resizeconcat")
        .with("fcn(maps=all, convs=1, channels=16, kernel=1)")
        .matches();
  }

  /** But at the border, where interpolation repeats the outermost pixels. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8})
  void aTransposedConvolutionBeginsAsBilinearInterpolation(int stride) {
    HostArray learned = upsampled(Fcn.Upsampling.TRANSPOSED, stride);
    HostArray interpolated = upsampled(Fcn.Upsampling.BILINEAR, stride);
    assertThat(learned.shape()).containsExactly(1, 2, 4L * stride, 5L * stride);
    int width = 5 * stride;
    int border = stride / 2;
    for (int i = 0; i < learned.values().length; i++) {
      int x = i % width;
      int y = i / width % (4 * stride);
      if (Math.min(x, y) >= border && x < width - border && y < 4 * stride - border) {
        assertThat(learned.values()[i])
            .as("at x=%d, y=%d", x, y)
            .isCloseTo(interpolated.values()[i], within(1e-5f));
      }
    }
  }

  @Test
  void nearestRepeatsPixels() {
    float[] values = upsampled(Fcn.Upsampling.NEAREST, 2).values();
    assertThat(values[0]).isEqualTo(values[1]).isEqualTo(values[10]).isEqualTo(values[11]);
    assertThat(values[2]).isNotEqualTo(values[1]);
  }

  @Test
  void aSubPixelClassifierScoresEveryPixelOfTheImage() {
    Graph graph = new Graph();
    Features features = features(graph, 8);
    Tensor logits = new Fcn().build(options(Fcn.Upsampling.SUB_PIXEL), features, graph.scope(""));
    assertThat(logits.shape()).containsExactly(Dim.of(1), Dim.of(2), Dim.of(32), Dim.of(40));
    assertThat(graph.parameters().get("conv_seg.weight").shape())
        .containsExactly(2L * 8 * 8, 2L, 1L, 1L);
  }

  private static Fcn.Options options(Fcn.Upsampling upsample) {
    return new Fcn.Options(0, 0, 3, false, 1, 0, Fcn.Maps.LAST, upsample, false);
  }

  /** A map of 4x5 pixels of an image that is as many times larger. */
  private static Features features(Graph graph, int stride) {
    Dim one = Dim.of(1);
    Tensor map = graph.input("map", Tensor.Type.FLOAT, one, Dim.of(2), Dim.of(4), Dim.of(5));
    Tensor image =
        graph.input(
            "image", Tensor.Type.FLOAT, one, Dim.of(3), Dim.of(4L * stride), Dim.of(5L * stride));
    return new Features(image, 2, List.of(map), List.of(stride), Map.of());
  }

  /** Two maps of noise, taken for logits and upsampled with fresh weights. */
  private static HostArray upsampled(Fcn.Upsampling upsample, int stride) {
    Graph graph = new Graph();
    Features features = features(graph, stride);
    Scope scope = graph.scope("");
    Tensor full = new Fcn().upsample(options(upsample), features.last(), features, scope);
    Map<String, HostArray> parameters = new LinkedHashMap<>();
    for (Parameter parameter : graph.parameters().values()) {
      long[] shape = parameter.shape().stream().mapToLong(Long::longValue).toArray();
      float[] fresh = new float[(int) parameter.size()];
      parameter.init().fill(FloatBuffer.wrap(fresh), shape, new Random(1));
      parameters.put(parameter.name(), new HostArray(shape, fresh));
    }
    float[] noise = new float[40];
    Random random = new Random(3);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    Map<String, HostArray> inputs = Map.of("map", new HostArray(new long[] {1, 2, 4, 5}, noise));
    return GraphRunner.run(graph, List.of(full), ProgramOptions.INFERENCE, parameters, inputs)
        .get(0);
  }
}
