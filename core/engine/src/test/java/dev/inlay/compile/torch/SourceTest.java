package dev.inlay.compile.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.Dim;
import dev.inlay.Init;
import dev.inlay.InlayException;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Tensor.Type;
import dev.inlay.Window;
import dev.inlay.compile.Program;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Graph;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The text of programs, without running them. */
final class SourceTest {

  private final Graph graph = new Graph();
  private final Scope scope = graph.scope("net");
  private final Tensor image =
      graph.input(
          "image", Type.FLOAT, Dim.symbol("B"), Dim.of(3), Dim.symbol("H"), Dim.symbol("W"));
  private final Tensor labels =
      graph.input("labels", Type.INTEGER, Dim.symbol("B"), Dim.symbol("H"), Dim.symbol("W"));

  private Program program(ProgramOptions options, Tensor... outputs) {
    return new Program(graph, List.of(outputs), options);
  }

  @Test
  void whatOnlyTrainingNeedsIsNotInInference() {
    Tensor features = scope.convNormRelu("body", image, 4, 3);
    Tensor side = scope.classify("side", features, 2, 0.1);
    Tensor logits = scope.classify("head", features, 2, 0.1);
    Tensor loss = logits.crossEntropy(labels, 255).plus(side.crossEntropy(labels, 255).times(0.4));
    Program inference = program(ProgramOptions.INFERENCE, logits);
    Program training = program(ProgramOptions.TRAINING, loss);

    assertThat(inference.inputs()).extracting(node -> node.name()).containsExactly("image");
    assertThat(inference.stored())
        .containsExactlyInAnyOrder(
            "net.body.conv.weight",
            "net.body.bn.weight",
            "net.body.bn.bias",
            "net.body.bn.running_mean",
            "net.body.bn.running_var",
            "net.head.weight",
            "net.head.bias");
    assertThat(Source.forward(inference))
        .doesNotContain("dropout", "cross_entropy", "copy_", "True,")
        .contains("False, 0.1, 1.0e-5");
    assertThat(training.inputs())
        .extracting(node -> node.name())
        .containsExactly("image", "labels");
    assertThat(training.stored()).contains("net.side.weight", "net.body.bn.num_batches_tracked");
    assertThat(Source.forward(training)).contains("feature_dropout", "True, 0.1, 1.0e-5");
  }

  @Test
  void everyLineOfAnOperationEndsWithStageAuthorsLineAndShape() {
    List<Tensor> outputs =
        graph.stage(
            "body",
            () ->
                Stream.of(scope.convNorm("a", image, 4, Window.of(3))).map(Tensor::relu).toList());
    Tensor pooled = graph.stage("pool", () -> outputs.get(0).mean(2, 3));
    String source = Source.forward(program(ProgramOptions.INFERENCE, pooled));

    assertThat(source.lines().filter(line -> line.startsWith("    v")))
        .hasSize(4)
        .allMatch(
            line -> line.matches(".*  # (body|pool) SourceTest\\.java:\\d+ \\[B, 4, (H, W|1, 1)]"));
    assertThat(source).contains("torch.mean(").containsPattern("mean.*# pool SourceTest\\.java");
    assertThat(source).containsPattern("conv2d.*# body SourceTest\\.java");
  }

  @Test
  void infinityAndAbsenceAreWrittenAsTheEngineReadsThem() {
    Tensor output =
        image
            .conv(scope.parameter("w", Init.ONE, 1, 3, 1, 1), null, Window.of(1))
            .maskedFill(image.slice(1, 0, 1).greaterThan(0), Double.NEGATIVE_INFINITY);

    assertThat(Source.forward(program(ProgramOptions.INFERENCE, output)))
        .contains("float(\"-inf\")", "p[0], None, [1, 1]");
  }

  @Test
  void whatNobodyElseReadsIsOverwritten() {
    Tensor alone = scope.conv("a", image, 3, 3).relu();
    Tensor sum = scope.conv("b", image, 3, 3).plus(alone).relu();

    assertThat(Source.forward(program(ProgramOptions.INFERENCE, sum)))
        .contains("torch.add_(", "torch.relu_(")
        .doesNotContain("torch.add(", "torch.relu(");
  }

  @Test
  void whatIsReadAgainIsNotOverwritten() {
    Tensor convolved = scope.conv("a", image, 3, 3);
    Tensor reluOfInput = image.relu();
    Tensor reluOfParameter = scope.parameter("p", Init.ONE, 1, 3, 1, 1).relu();
    Tensor reluOfView = scope.conv("v", image, 3, 3).permute(0, 1, 3, 2).relu();
    Tensor reluOfSigmoid = scope.conv("s", image, 3, 3).sigmoid().relu();
    Tensor twice = convolved.relu();
    Tensor wider = scope.conv("w", image, 1, 1).plus(image);

    assertThat(
            Source.forward(
                program(
                    ProgramOptions.TRAINING,
                    reluOfInput.plus(reluOfParameter),
                    reluOfView,
                    reluOfSigmoid,
                    twice,
                    convolved,
                    wider)))
        .doesNotContain("_(");
  }

  @Test
  void foldingIsForInferenceAlone() {
    assertThatThrownBy(ProgramOptions.TRAINING::folded)
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "fold is true while training; folded normalisation can't learn, so leave it out");
  }
}
