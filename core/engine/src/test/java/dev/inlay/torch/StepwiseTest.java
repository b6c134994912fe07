package dev.inlay.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.Backbone;
import dev.inlay.Decoder;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import dev.inlay.assemble.Assembly;
import dev.inlay.assemble.StageOf;
import dev.inlay.compile.Piece;
import dev.inlay.compile.Program;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.compile.torch.LossGradients;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import dev.inlay.graph.Walk;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.weights.Normalization;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A network that runs in pieces computes what it computes as a whole. */
final class StepwiseTest {

  /** No options. */
  public record Nothing() {}

  @Named(value = "blocks", says = "Residual blocks.")
  private static final class Blocks implements Backbone<Nothing> {
    @Override
    public Features build(Nothing options, Features input, Scope scope) {
      Tensor x = scope.convNormRelu("stem", input.image(), 6, Window.of(3).stride(2));
      Tensor y = scope.convNorm("block", x, 6, Window.of(3)).plus(x).relu();
      Tensor pooled = scope.conv("pooled", y.adaptiveAvgPool(2, 2), 6, Window.of(1));
      Tensor joined = Tensor.concat(y, pooled.resize(y.height(), y.width(), false));
      Tensor gate = joined.mean(2, 3).sigmoid();
      return input.withMaps(
          List.of(scope.convNormRelu("join", joined.times(gate), 5, 3).softmax(1)), List.of(2));
    }
  }

  @Named(value = "scores", says = "A classifier.")
  private static final class Scores implements Decoder<Nothing> {
    @Override
    public Tensor build(Nothing options, Features input, Scope scope) {
      return scope.classify("conv", input.last(), input.classes(), 0);
    }
  }

  private static final int CLASSES = 3;
  private static final BatchSize SIZE = new BatchSize(2, 13, 11);

  private final Assembly assembly =
      Assembly.of(
          new NetworkSpec(
              List.of(NetworkSpec.Stage.of(new Blocks()), NetworkSpec.Stage.of(new Scores())),
              Techniques.of(List.of())),
          CLASSES);

  private static ByteBuffer random(int values, int most) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(values);
    Random random = new Random(3);
    while (bytes.hasRemaining()) {
      bytes.put((byte) random.nextInt(most));
    }
    return bytes.rewind();
  }

  private static ByteBuffer images() {
    return random(2 * 3 * 13 * 11, 256);
  }

  private float[] last(Network network, Program program, List<List<Node>> groups) {
    float[][] found = new float[1][];
    Node logits = program.outputs().get(0);
    try (PiecewiseProgram pieces = new PiecewiseProgram(network, program, Piece.of(groups), SIZE)) {
      pieces.run(
          images(),
          Normalization.IMAGENET,
          (piece, time, values) -> {
            if (piece.gives().contains(logits)) {
              found[0] = values.maps(logits, CLASSES, 100).values();
            }
          });
    }
    return found[0];
  }

  @Test
  void piecesComputeWhatTheWholeComputes() {
    for (ProgramOptions options :
        List.of(ProgramOptions.INFERENCE, ProgramOptions.INFERENCE.folded().channelsLast())) {
      Program program =
          new Program(
              assembly.graph(),
              List.of(assembly.fullLogits()),
              options.fromPixels(assembly.image()));
      List<Node> all = program.order().stream().filter(StageOf::isOperation).toList();
      try (Network network = Network.fresh(assembly, "cpu", 4)) {
        float[] whole = last(network, program, List.of(all));
        float[] apart = last(network, program, all.stream().map(List::of).toList());
        List<List<Node>> stages =
            new StageOf(assembly, program.order())
                .grouped(program.order()).stream().filter(g -> !g.isEmpty()).toList();
        assertThat(stages).hasSize(3);
        assertThat(apart).isEqualTo(whole).hasSize(CLASSES * 13 * 11);
        assertThat(last(network, program, stages)).isEqualTo(whole);
      }
    }
  }

  @Test
  void gradientsAreThoseOfTheWholeProgram() {
    Graph graph = assembly.graph().extended();
    Tensor image = assembly.image();
    Tensor labels =
        graph.input(
            GradientProgram.LABELS,
            Tensor.Type.INTEGER,
            image.batch(),
            image.height(),
            image.width());
    Tensor loss = assembly.fullLogits().crossEntropy(labels, 255);
    ProgramOptions options = ProgramOptions.TRAINING.fromPixels(image);
    ByteBuffer ids = random(2 * 13 * 11, CLASSES);
    try (Network network = Network.fresh(assembly, "cpu", 4)) {
      Map<String, ValueStatistics> stepwise = new LinkedHashMap<>();
      Program program = new Program(graph, List.of(loss), options, false);
      List<List<Node>> groups =
          Walk.order(program.outputs()).stream()
              .filter(StageOf::isOperation)
              .map(List::of)
              .toList();
      try (StepwiseGradients steps =
          new StepwiseGradients(network, program, Piece.of(groups), SIZE)) {
        steps.run(
            images(),
            ids,
            Normalization.IMAGENET,
            (piece, time, values) -> {},
            (node, time, gradient, passedOn) ->
                passedOn.stream()
                    .filter(each -> each.operand().operator() == Operator.PARAMETER)
                    .forEach(each -> stepwise.put(each.operand().name(), each.gradient())));
      }
      LossGradients whole = new LossGradients(graph, loss, List.of(), options);
      assertThat(stepwise.keySet()).containsExactlyInAnyOrderElementsOf(whole.trained());
      try (GradientProgram gradients = new GradientProgram(network, whole);
          StepGradients made = gradients.of(images(), ids, 2, 13, 11, Normalization.IMAGENET)) {
        for (String name : whole.trained()) {
          float[] values = made.get(List.of(name)).get(0).toFloatArray();
          double largest = Double.NEGATIVE_INFINITY;
          double sum = 0;
          for (float value : values) {
            largest = Math.max(largest, value);
            sum += value;
          }
          assertThat(stepwise.get(name).largest()).as(name).isCloseTo(largest, within(1e-4));
          assertThat(stepwise.get(name).mean())
              .as(name)
              .isCloseTo(sum / values.length, within(1e-4));
        }
      }
    }
  }
}
