package dev.inlay.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.inlay.Dim;
import dev.inlay.Init;
import dev.inlay.InlayException;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Tensor.Type;
import dev.inlay.Window;
import dev.inlay.compile.Program;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.compile.torch.Source;
import dev.inlay.graph.Graph;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The compiler's passes keep the results and change the programs. */
final class ProgramsTest {

  private static final ProgramOptions FOLDED = ProgramOptions.INFERENCE.folded();
  private static final ProgramOptions CHANNELS_LAST = ProgramOptions.INFERENCE.channelsLast();
  private static final ProgramOptions BFLOAT16 = ProgramOptions.INFERENCE.inBfloat16();
  private static final ProgramOptions ALL = FOLDED.inBfloat16().channelsLast();

  private final Graph graph = new Graph();
  private final Scope scope = graph.scope("net");
  private final Tensor image =
      graph.input(
          "image", Type.FLOAT, Dim.symbol("B"), Dim.of(3), Dim.symbol("H"), Dim.symbol("W"));

  private static HostArray picture(long batch, long height, long width) {
    return Values.uniform(new SplittableRandom(height), -2, 2, batch, 3, height, width);
  }

  private HostArray run(ProgramOptions options, Tensor output) {
    return run(options, List.of(output)).get(0);
  }

  private List<HostArray> run(ProgramOptions options, List<Tensor> outputs) {
    return GraphRunner.run(
        graph, outputs, options, Values.of(graph, 7), Map.of("image", picture(2, 9, 11)));
  }

  private String source(ProgramOptions options, Tensor... outputs) {
    return Source.forward(new Program(graph, List.of(outputs), options));
  }

  /** Convolutions with and without bias, in groups and dilated, each normalised. */
  private Tensor network() {
    Tensor x = scope.convNormRelu("a", image, 6, Window.of(3).stride(2));
    Tensor y = scope.norm("b.bn", scope.convBias("b", x, 6, Window.of(3).groups(3)));
    Tensor z = scope.convNorm("c", x, 6, Window.of(3).dilation(2));
    return scope.classify("head", y.plus(z).relu(), 5, 0.1).resizeTo(image, false);
  }

  @Test
  void foldingChangesNothingButTheCost() {
    Tensor logits = network();

    assertThat(source(ProgramOptions.INFERENCE, logits)).contains("torch.batch_norm(");
    assertThat(source(FOLDED, logits)).doesNotContain("batch_norm");
    Closeness.assertClose(
        "folded", run(FOLDED, logits), run(ProgramOptions.INFERENCE, logits), 1e-5);
  }

  @Test
  void aConvolutionThatOthersReadTooIsNotFolded() {
    Tensor convolved = scope.conv("conv", image, 4, 3);
    Tensor output = scope.norm("bn", convolved).plus(convolved);

    assertThat(source(FOLDED, output)).contains("torch.batch_norm(");
    Closeness.assertClose(
        "output", run(FOLDED, output), run(ProgramOptions.INFERENCE, output), 1e-6);
  }

  @Test
  void aConvolutionThatIsAnOutputItselfIsNotFolded() {
    Tensor convolved = scope.conv("conv", image, 4, 3);
    List<Tensor> outputs = List.of(scope.norm("bn", convolved), convolved);

    List<HostArray> folded = run(FOLDED, outputs);
    List<HostArray> plain = run(ProgramOptions.INFERENCE, outputs);
    Closeness.assertClose("norm", folded.get(0), plain.get(0), 1e-6);
    Closeness.assertClose("convolved", folded.get(1), plain.get(1), 1e-6);
  }

  @Test
  void aConvolutionWithAComputedWeightIsNotFolded() {
    Dim groups = image.batch().times(3);
    Tensor filters = image.adaptiveAvgPool(3, 3).reshape(groups, 1, 3, 3);
    Tensor convolved =
        image
            .reshape(1, groups, image.height(), image.width())
            .conv(filters, null, Window.of(3), groups)
            .reshape(image.batch(), 3, image.height(), image.width());
    Tensor output = scope.norm("bn", convolved);

    Closeness.assertClose(
        "output", run(FOLDED, output), run(ProgramOptions.INFERENCE, output), 1e-6);
  }

  @Test
  void channelsLastChangesNothingButTheLayout() {
    Tensor logits = network();
    Tensor pooled = logits.reshape(logits.batch(), 5, logits.height().times(logits.width()));
    Tensor output = pooled.matmul(pooled.permute(0, 2, 1));

    assertThat(source(CHANNELS_LAST, output)).containsOnlyOnce("memory_format=2");
    Closeness.assertClose(
        "output", run(CHANNELS_LAST, output), run(ProgramOptions.INFERENCE, output), 1e-5);
  }

  @Test
  void bfloat16IsCloseAndAllOptionsGoTogether() {
    Tensor logits = network();
    HostArray expected = run(ProgramOptions.INFERENCE, logits);

    Closeness.assertClose("bfloat16", run(BFLOAT16, logits), expected, 3e-2);
    Closeness.assertClose("all", run(ALL, logits), expected, 3e-2);
    assertThat(Closeness.largestDifference(run(BFLOAT16, logits), expected)).isGreaterThan(1e-5);
  }

  @Test
  void gradientsInBfloat16AndChannelsLastAreClose() {
    Tensor logits = scope.classify("head", scope.convNormRelu("a", image, 6, 3), 5, 0);
    Tensor labels = image.argmax(1).reshape(image.batch(), image.height(), image.width());
    Tensor loss = logits.crossEntropy(labels, 255);

    Map<String, HostArray> expected = gradients(ProgramOptions.TRAINING, loss);
    gradients(ProgramOptions.TRAINING.channelsLast(), loss)
        .forEach((name, g) -> Closeness.assertClose(name, g, expected.get(name), 1e-5));
    gradients(ProgramOptions.TRAINING.inBfloat16().channelsLast(), loss)
        .forEach((name, g) -> Closeness.assertClose(name, g, expected.get(name), 5e-2));
  }

  private Map<String, HostArray> gradients(ProgramOptions options, Tensor loss) {
    HostArray one = new HostArray(new long[0], new float[] {1});
    return GraphRunner.gradients(
        graph,
        List.of(loss),
        options,
        List.of(one),
        Values.of(graph, 7),
        Map.of("image", picture(2, 9, 11)));
  }

  @Test
  void softmaxAndLossesStayInFloat32BesideBfloat16() {
    Tensor logits = scope.convBias("conv", image, 4, 3);
    Tensor labels = image.argmax(1).reshape(image.batch(), image.height(), image.width());
    List<HostArray> results =
        run(BFLOAT16, List.of(logits, logits.softmax(1), logits.crossEntropy(labels, 255), labels));

    float[] scores = results.get(0).values();
    double loss = 0;
    int pixels = 9 * 11;
    for (int i = 0; i < 2 * pixels; i++) {
      int first = i / pixels * 4 * pixels + i % pixels;
      double sum = 0;
      for (int k = 0; k < 4; k++) {
        sum += Math.exp(scores[first + k * pixels]);
      }
      for (int k = 0; k < 4; k++) {
        double share = Math.exp(scores[first + k * pixels]) / sum;
        assertThat((double) results.get(1).values()[first + k * pixels])
            .isCloseTo(share, within(1e-6));
      }
      int label = (int) results.get(3).values()[i];
      loss += Math.log(sum) - scores[first + label * pixels];
    }
    assertThat((double) results.get(2).values()[0]).isCloseTo(loss / (2 * pixels), within(1e-5));
  }

  @Test
  void wholeNumbersAreNotTakenForBfloat16() {
    // The quotient of whole numbers is float32, although no operand is.
    Tensor ids = image.argmax(1);
    Tensor output = scope.conv("conv", ids.div(ids.plus(3)), 1, 3);

    Closeness.assertClose(
        "output", run(BFLOAT16, output), run(ProgramOptions.INFERENCE, output), 3e-2);
  }

  @Test
  void dropoutDropsAndScalesUpWhileTrainingAlone() {
    Tensor ones = image.times(0).plus(1).expand(image.batch(), 3, image.height(), image.width());
    Tensor elements = ones.dropout(0.25);
    Tensor channels = ones.channelDropout(0.25);

    assertThat(source(ProgramOptions.INFERENCE, elements, channels)).doesNotContain("dropout");
    Map<String, HostArray> pictures = Map.of("image", picture(100, 4, 4));
    List<HostArray> dropped =
        GraphRunner.run(
            graph, List.of(elements, channels), ProgramOptions.TRAINING, Map.of(), pictures);
    assertDropped(dropped.get(0).values(), 1);
    assertDropped(dropped.get(1).values(), 16);
  }

  /** Runs of {@code together} values are dropped or scaled as a whole; a quarter is dropped. */
  private static void assertDropped(float[] values, int together) {
    int zeros = 0;
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isIn(0f, 1 / 0.75f);
      assertThat(values[i]).isEqualTo(values[i - i % together]);
      zeros += values[i] == 0 ? 1 : 0;
    }
    assertThat((double) zeros / values.length).isCloseTo(0.25, within(0.12));
    if (together > 1) {
      return;
    }
    int pairs = 0;
    for (int i = 1; i < values.length; i++) {
      pairs += values[i] != values[i - 1] ? 1 : 0;
    }
    assertThat(pairs).as("changes from one value to the next").isGreaterThan(values.length / 5);
  }

  @Test
  void whatParametersAloneDetermineIsComputedOnce() {
    Tensor weight = scope.parameter("weight", Init.ONE, 4, 3, 1, 1);
    Tensor normalised = weight.div(weight.times(weight).sum(1).plus(1e-5).sqrt());
    Tensor output = image.conv(normalised, null, Window.of(1));
    Program program = new Program(graph, List.of(output), ProgramOptions.INFERENCE);

    assertThat(program.prepared()).hasSize(1);
    assertThat(Source.forward(program)).doesNotContain("sqrt").contains("conv2d");
    assertThat(Source.prepare(program)).contains("sqrt").doesNotContain("conv2d");
    Closeness.assertClose(
        "output",
        run(ProgramOptions.INFERENCE, output),
        run(ProgramOptions.TRAINING, output),
        1e-6);
  }

  @Test
  void whatDependsOnTheImagesSizeTooIsComputedEachTime() {
    Tensor places = scope.parameter("places", Init.ONE, 1, 3, 4, 4);
    Tensor bases = scope.buffer("bases", Init.ONE, 1, 3, 1, 1);
    Tensor output =
        image
            .plus(places.resizeTo(image, false))
            .plus(bases.expand(image.batch(), 3, 1, 1))
            .plus(places.slice(2, Dim.of(0), image.height().minus(image.height()).plus(1)).sum(3));
    Map<String, HostArray> parameters = Values.of(graph, 7);
    for (int size : List.of(5, 8)) {
      Map<String, HostArray> pictures = Map.of("image", picture(2, size, 7));
      Closeness.assertClose(
          "output",
          GraphRunner.run(graph, List.of(output), ProgramOptions.INFERENCE, parameters, pictures)
              .get(0),
          GraphRunner.run(graph, List.of(output), ProgramOptions.TRAINING, parameters, pictures)
              .get(0),
          1e-6);
    }
  }

  @Test
  void gradientsReachParametersThroughWhatInferenceWouldPrepare() {
    Tensor weight = scope.parameter("weight", Init.ONE, 1, 3, 1, 1);
    Tensor output = image.conv(weight.times(2), null, Window.of(1));
    HostArray ones = Values.uniform(new SplittableRandom(1), 1, 1, 1, 3, 2, 2);
    Map<String, HostArray> gradients =
        GraphRunner.gradients(
            graph,
            List.of(output),
            ProgramOptions.INFERENCE,
            List.of(Values.uniform(new SplittableRandom(1), 1, 1, 1, 1, 2, 2)),
            Values.of(graph, 7),
            Map.of("image", ones));

    assertThat(gradients.get("net.weight").values()).containsExactly(8, 8, 8);
  }

  @Test
  void aSizeMayComeFromAnInputThatIsNotReadOtherwise() {
    Tensor places = scope.parameter("places", Init.ONE, 1, 3, 4, 4);
    HostArray result = run(ProgramOptions.INFERENCE, places.resizeTo(image, true));

    assertThat(result.shape()).containsExactly(1, 3, 9, 11);
  }

  @Test
  void aValueThatIsNotGivenIsNamed() {
    Tensor output = scope.conv("conv", image, 4, 3);

    assertThatThrownBy(
            () ->
                GraphRunner.run(
                    graph,
                    List.of(output),
                    ProgramOptions.INFERENCE,
                    Map.of(),
                    Map.of("image", picture(1, 3, 3))))
        .isInstanceOf(InlayException.class)
        .hasMessage("No value is given for 'net.conv.weight'; values are given for [].");
    assertThatThrownBy(() -> new HostArray(new long[] {2, 3}, new float[5]))
        .isInstanceOf(InlayException.class)
        .hasMessage("An array of shape [2, 3] has 6 values, got 5.");
  }

  @Test
  void oneProgramTakesImagesOfAllSizes() {
    Tensor logits = network();
    Program program = new Program(graph, List.of(logits), FOLDED);
    Map<String, HostArray> parameters = Values.of(graph, 7);
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        Script prepare = new Script(manager, Source.prepare(program));
        Script script = new Script(manager, Source.forward(program))) {
      NDList made = prepare.infer(list(manager, program.preparedFrom(), parameters));
      for (long[] size :
          new long[][] {{1, 9, 11}, {3, 12, 7}, {2, 1, 1}, {1, 33, 20}, {1, 9, 11}}) {
        HostArray picture = picture(size[0], size[1], size[2]);
        List<NDArray> stored =
            program.stored().stream()
                .map(
                    name ->
                        program.prepared().contains(name)
                            ? made.get(program.prepared().indexOf(name))
                            : array(manager, parameters.get(name)))
                .toList();
        NDArray output =
            script
                .infer(new NDList(array(manager, picture)), Script.list("p", stored))
                .singletonOrThrow();

        HostArray expected =
            GraphRunner.run(
                    graph,
                    List.of(logits),
                    ProgramOptions.INFERENCE,
                    parameters,
                    Map.of("image", picture))
                .get(0);
        HostArray actual = new HostArray(output.getShape().getShape(), output.toFloatArray());
        Closeness.assertClose("logits", actual, expected, 1e-5);
      }
    }
  }

  @Test
  void oneProgramGoesFromBytesToTheClassesOfTheLargestLogits() {
    Tensor logits = network();
    int height = 9;
    int width = 11;
    SplittableRandom random = new SplittableRandom(3);
    float[] bytes = new float[2 * height * width * 3];
    float[] planes = new float[bytes.length];
    float[] mean = {0.485f, 0.456f, 0.406f};
    float[] deviation = {0.229f, 0.224f, 0.225f};
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = random.nextInt(256);
      int image = i / (height * width * 3);
      int pixel = i / 3 % (height * width);
      int channel = i % 3;
      planes[(image * 3 + channel) * height * width + pixel] =
          (bytes[i] / 255f - mean[channel]) / deviation[channel];
    }
    Map<String, HostArray> pixels =
        Map.of(
            "pixels", new HostArray(new long[] {2, height, width, 3}, bytes),
            "mean", new HostArray(new long[] {1, 3, 1, 1}, mean),
            "deviation", new HostArray(new long[] {1, 3, 1, 1}, deviation));
    Map<String, HostArray> normalised =
        Map.of("image", new HostArray(new long[] {2, 3, height, width}, planes));
    Map<String, HostArray> parameters = Values.of(graph, 7);
    for (ProgramOptions options :
        List.of(ProgramOptions.INFERENCE, FOLDED, CHANNELS_LAST, BFLOAT16, ALL)) {
      ProgramOptions whole = options.fromPixels(image).toClassIds();
      HostArray ids = GraphRunner.run(graph, List.of(logits), whole, parameters, pixels).get(0);
      HostArray largest =
          GraphRunner.run(graph, List.of(logits.argmax(1)), options, parameters, normalised).get(0);

      assertThat(ids.shape()).containsExactly(2, height, width);
      assertThat(ids.values()).isEqualTo(largest.values());
      assertThat(new Program(graph, List.of(logits), whole).inputs())
          .extracting(node -> node.name())
          .containsExactly("pixels", "mean", "deviation");
    }
  }

  @Test
  void bytesBringTheSizesOfAnImageThatIsNotRead() {
    Tensor places = scope.parameter("places", Init.ONE, 1, 3, 4, 4);
    Tensor output = places.resizeTo(image, true);
    ProgramOptions options = ProgramOptions.INFERENCE.fromPixels(image);
    Program program = new Program(graph, List.of(output), options);

    assertThat(program.inputs()).extracting(node -> node.name()).containsExactly("pixels");
  }

  private static NDList list(
      NDManager manager, List<String> names, Map<String, HostArray> parameters) {
    return Script.list(
        "p", names.stream().map(name -> array(manager, parameters.get(name))).toList());
  }

  private static NDArray array(NDManager manager, HostArray values) {
    return manager.create(values.values(), new Shape(values.shape()));
  }
}
