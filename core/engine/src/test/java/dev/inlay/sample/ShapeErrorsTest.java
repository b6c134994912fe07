package dev.inlay.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.Init;
import dev.inlay.InlayException;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Tensor.Type;
import dev.inlay.Window;
import dev.inlay.graph.Graph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Shapes that do not fit: each is refused when it is described, with one message that begins with
 * the stage and the author's line.
 */
final class ShapeErrorsTest {

  private static final Dim H = Dim.symbol("H");
  private static final Dim W = Dim.symbol("W");

  private final Graph graph = new Graph();
  private final Scope scope = graph.scope("ppm");
  private final Tensor x = map("x", 6);

  private Tensor map(String name, int channels) {
    return graph.input(name, Type.FLOAT, Dim.symbol("B"), Dim.of(channels), H, W);
  }

  private Tensor weight(String name, long... shape) {
    return scope.parameter(name, Init.ZERO, shape);
  }

  private interface Mistake {
    void make();
  }

  /** The sentence of a mistake in the stage ppm, without the line before it and the full stop. */
  private String refusal(Mistake mistake) {
    InlayException refusal =
        catchThrowableOfType(
            InlayException.class,
            () ->
                graph.stage(
                    "ppm",
                    () -> {
                      mistake.make();
                      return true;
                    }));
    assertThat(refusal).as("refusal").isNotNull();
    assertThat(refusal.getMessage()).matches("ppm ShapeErrorsTest\\.java:\\d+: .*\\.");
    return refusal.getMessage().replaceFirst("^ppm \\S+: (.*)\\.$", "$1");
  }

  @Test
  void theMessageNamesTheStageAndTheAuthorsLine() {
    InlayException refusal =
        catchThrowableOfType(
            InlayException.class, () -> graph.stage("ppm-2", () -> new Mistaken().describe(x)));

    assertThat(refusal)
        .hasMessage(
            "ppm-2 Mistaken.java:11: the shapes (B,6,H,W) and (B,6,1,2) can't be broadcast together.");
  }

  @Test
  void aLineIsNamedWhereverTheAuthorErrs() {
    assertThat(refusal(() -> x.dim(4))).isEqualTo("there is no axis 4 in (B,6,H,W)");
    assertThat(refusal(() -> x.permute(0, 2, 3, 1).channels()))
        .isEqualTo("the size H depends on the image; a fixed one is needed");
    assertThat(refusal(() -> x.reshape(x.batch(), "6")))
        .isEqualTo("a size must be a number or a Dim, got 6");
    assertThat(refusal(() -> Window.of(0)))
        .isEqualTo(
            "a window's kernel, stride, dilation and groups must be 1 or more, got 0x0, 1, 1 and 1");
    assertThat(refusal(() -> Window.of(3).padding(-1)))
        .isEqualTo("a window's padding must be 0 or more, got -1 and -1");
    assertThat(refusal(() -> scope.conv("conv", x, 8, Window.of(3).groups(4))))
        .isEqualTo(
            "the convolution 'conv' splits 6 channels into 4 groups of 8 outputs;"
                + " both must divide evenly");
    assertThat(refusal(() -> Stream.of(x).map(Tensor::channels).forEach(n -> x.slice(1, n, n + 1))))
        .isEqualTo("the slice from 6 to 7 is not inside (B,6,H,W)");
    assertThat(refusal(() -> Features.of(x, 3).last()))
        .isEqualTo("there is no map -1; the stages before made 0 maps");
  }

  @Test
  void aLineIsNamedOnceInNestedStages() {
    InlayException refusal =
        catchThrowableOfType(
            InlayException.class,
            () -> graph.stage("a", () -> graph.stage("b", () -> new Mistaken().describe(x))));

    assertThat(refusal.getMessage()).startsWith("a").containsOnlyOnce("be broadcast together");
  }

  @Test
  void parameters() {
    weight("conv.weight", 8, 6, 3, 3);
    assertThat(refusal(() -> weight("conv.weight", 8, 6, 1, 1)))
        .isEqualTo(
            "parameter 'ppm.conv.weight' already has the shape [8, 6, 3, 3] and can't also have"
                + " [8, 6, 1, 1]; give it another name");
    assertThat(refusal(() -> weight("none.weight", 0, 6, 1, 1)))
        .isEqualTo(
            "parameter 'ppm.none.weight' would have the shape [0, 6, 1, 1];"
                + " every size must be 1 or more");
  }

  @Test
  void convolutions() {
    Window three = Window.of(3);
    assertThat(refusal(() -> x.conv(weight("a", 8, 5, 3, 3), null, three)))
        .isEqualTo(
            "a convolution with the weight (8,5,3,3) and 1 groups needs 5 input channels, got (B,6,H,W)");
    assertThat(refusal(() -> x.conv(weight("b", 8, 3, 3, 3), null, three.groups(3))))
        .isEqualTo(
            "a convolution with the weight (8,3,3,3) and 3 groups needs 9 input channels, got (B,6,H,W)");
    assertThat(refusal(() -> x.conv(weight("c", 8, 2, 3, 3), null, three.groups(3))))
        .isEqualTo("a convolution with the weight (8,2,3,3) can't have 3 groups");
    assertThat(refusal(() -> x.conv(weight("d", 8, 6), null, three)))
        .isEqualTo("a convolution needs a weight (out,in,kh,kw), got (8,6)");
    assertThat(refusal(() -> x.conv(weight("e", 8, 6, 3, 3), weight("f", 6), three)))
        .isEqualTo("a bias for 8 channels has the shape (8), got (6)");
    assertThat(refusal(() -> x.mean(2, 3).reshape(x.batch(), 6).maxPool(three)))
        .isEqualTo("a pooling needs a map (B,C,H,W), got (B,6)");
    assertThat(
            refusal(
                () ->
                    x.adaptiveAvgPool(3, 3)
                        .conv(weight("g", 8, 6, 3, 3), null, three.dilation(2).padding(0))))
        .isEqualTo("a kernel of 3 at dilation 2 does not fit into 3 pixels padded by 0");
    assertThat(refusal(() -> x.convTranspose(weight("h", 8, 6, 2, 2), null, Window.of(2))))
        .isEqualTo(
            "a transposed convolution of (B,6,H,W) needs a weight (C,out,kh,kw), got (8,6,2,2)");
  }

  @Test
  void poolingAndResampling() {
    assertThat(refusal(() -> x.maxPool(Window.of(3).padding(2))))
        .isEqualTo("a pooling's padding of [2, 2] is more than half its kernel [3, 3]");
    assertThat(refusal(() -> x.avgPool(Window.of(2).stride(2), true)))
        .isEqualTo("a pooling in ceil mode needs a stride plus padding of at most its kernel");
    assertThat(refusal(() -> x.reshape(x.batch(), 6, H.times(W)).resize(H, W, true)))
        .isEqualTo("an interpolation needs a map (B,C,H,W), got (B,6,H * W)");
    assertThat(refusal(() -> x.pixelShuffle(2)))
        .isEqualTo("a pixel shuffle by 2 needs a multiple of 4 channels, got (B,6,H,W)");
  }

  @Test
  void normalisation() {
    Tensor five = weight("five", 5);
    Tensor six = weight("six", 6);
    assertThat(refusal(() -> x.batchNorm(six, six, five, six, 0.1, 1e-5)))
        .isEqualTo("normalisation of (B,6,H,W) needs vectors (6), got (5)");
    assertThat(refusal(() -> x.groupNorm(4, six, six, 1e-5)))
        .isEqualTo("group normalisation splits 6 channels into 4 groups; they must divide evenly");
    assertThat(refusal(() -> x.layerNorm(six, six, 1e-5)))
        .isEqualTo("layer normalisation with the weight (6) does not fit (B,6,H,W)");
  }

  @Test
  void elementByElement() {
    Tensor seven = map("y", 7);
    assertThat(refusal(() -> x.plus(seven)))
        .isEqualTo("the shapes (B,6,H,W) and (B,7,H,W) can't be broadcast together");
    assertThat(refusal(() -> x.times(x.maxPool(Window.of(3).stride(2)))))
        .isEqualTo(
            "the shapes (B,6,H,W) and (B,6,((H + 1) // 2),((W + 1) // 2)) can't be broadcast together");
    assertThat(refusal(() -> x.maskedFill(seven.greaterThan(0), 0)))
        .isEqualTo("the shapes (B,6,H,W) and (B,7,H,W) can't be broadcast together");
  }

  @Test
  void products() {
    Tensor a = weight("a", 5, 7);
    Tensor b = weight("b", 5, 3);
    assertThat(refusal(() -> a.matmul(b)))
        .isEqualTo("the matrices (5,7) and (5,3) can't be multiplied");
    assertThat(refusal(() -> a.einsum("ij,jk->ik", b)))
        .isEqualTo("einsum ij,jk->ik: 'j' is both 7 and 5");
    assertThat(refusal(() -> a.einsum("ij,ik", b))).isEqualTo("einsum 'ij,ik' needs one '->'");
    assertThat(refusal(() -> a.einsum("ij->i", b))).isEqualTo("einsum ij->i has 1 operands, got 2");
    assertThat(refusal(() -> a.einsum("ijk->i")))
        .isEqualTo("einsum ijk->i: 'ijk' does not fit (5,7)");
    assertThat(refusal(() -> a.einsum("ij->ik")))
        .isEqualTo("einsum ij->ik has 'k' in its result, but no operand has it");
  }

  @Test
  void reductions() {
    assertThat(refusal(() -> x.softmax(4))).isEqualTo("there is no axis 4 in (B,6,H,W)");
    assertThat(refusal(() -> x.mean()))
        .isEqualTo("a reduction needs at least one axis, each once, got [] for (B,6,H,W)");
    assertThat(refusal(() -> x.sum(1, -3)))
        .isEqualTo("a reduction needs at least one axis, each once, got [1, -3] for (B,6,H,W)");
    assertThat(refusal(() -> x.max(2, -5))).isEqualTo("there is no axis -5 in (B,6,H,W)");
    assertThat(refusal(() -> x.argmax(5))).isEqualTo("there is no axis 5 in (B,6,H,W)");
  }

  @Test
  void rearrangements() {
    assertThat(refusal(() -> x.reshape(x.batch(), 6, H)))
        .isEqualTo("(B,6,H,W) can't be reshaped to (B,6,H), which holds another number of values");
    assertThat(refusal(() -> x.permute(0, 1, 2)))
        .isEqualTo("the order [0, 1, 2] does not name every axis of (B,6,H,W) once");
    assertThat(refusal(() -> x.permute(0, 1, 2, -2)))
        .isEqualTo("the order [0, 1, 2, -2] does not name every axis of (B,6,H,W) once");
    assertThat(refusal(() -> x.expand(x.batch(), 12, H, W)))
        .isEqualTo("(B,6,H,W) can't be expanded to (B,12,H,W); only axes of size 1 repeat");
    assertThat(refusal(() -> x.slice(1, 3, 3)))
        .isEqualTo("the slice from 3 to 3 of (B,6,H,W) is empty");
    assertThat(refusal(() -> x.slice(1, 3, 7)))
        .isEqualTo("the slice from 3 to 7 is not inside (B,6,H,W)");
    assertThat(refusal(() -> x.slice(2, Dim.of(-2), H)))
        .isEqualTo("the slice from -2 to H is not inside (B,6,H,W)");
    assertThat(refusal(() -> x.concat(2, List.of(map("z", 7)))))
        .isEqualTo(
            "tensors can't be concatenated along axis 2 unless all other sizes are equal: [(B,6,H,W), (B,7,H,W)]");
    assertThat(refusal(() -> Tensor.concat(x, x.adaptiveAvgPool(1, 1))))
        .isEqualTo(
            "tensors can't be concatenated along axis 1 unless all other sizes are equal: [(B,6,H,W), (B,6,1,1)]");
  }

  @Test
  void losses() {
    Tensor labels = graph.input("labels", Type.INTEGER, Dim.symbol("B"), H, W);
    Tensor half = x.maxPool(Window.of(3).stride(2));
    assertThat(refusal(() -> half.crossEntropy(labels, 255)))
        .isEqualTo(
            "cross-entropy of the logits (B,6,((H + 1) // 2),((W + 1) // 2)) needs labels"
                + " (B,((H + 1) // 2),((W + 1) // 2)) of type INTEGER, got (B,H,W) of type INTEGER");
    assertThat(refusal(() -> x.crossEntropy(labels.asFloat(), 255)))
        .isEqualTo(
            "cross-entropy of the logits (B,6,H,W) needs labels (B,H,W) of type INTEGER,"
                + " got (B,H,W) of type FLOAT");
    assertThat(refusal(() -> labels.crossEntropy(labels, 255)))
        .isEqualTo("cross-entropy needs logits (B,K,H,W), got (B,H,W)");
    assertThat(refusal(() -> x.binaryCrossEntropy(map("t", 1))))
        .isEqualTo("binary cross-entropy needs targets (B,6,H,W), got (B,1,H,W)");
  }

  /** A mistake in a block, with the block's map (B,6,H,W). */
  private interface InBlock {
    Tensor make(Tensor y, Scope block);
  }

  private static Map<String, InBlock> members() {
    Map<String, InBlock> members = new LinkedHashMap<>();
    members.put(
        "conv", (y, b) -> y.conv(b.parameter("w", Init.ZERO, 8, 5, 3, 3), null, Window.of(3)));
    members.put("plus", (y, b) -> y.plus(y.maxPool(Window.of(3).stride(2))));
    members.put("matmul", (y, b) -> y.matmul(b.parameter("m", Init.ZERO, 7, 7)));
    members.put("concat", (y, b) -> Tensor.concat(y, y.adaptiveAvgPool(1, 1)));
    members.put("reshape", (y, b) -> y.reshape(y.batch(), 7, y.height(), y.width()));
    members.put("einsum", (y, b) -> y.einsum("bchw,dc->bdhw", b.parameter("e", Init.ZERO, 4, 5)));
    members.put(
        "norm",
        (y, b) ->
            y.groupNorm(4, b.parameter("s", Init.ONE, 6), b.parameter("t", Init.ONE, 6), 1e-5));
    members.put("slice", (y, b) -> y.slice(1, 3, 9));
    members.put("shuffle", (y, b) -> y.pixelShuffle(4));
    members.put("parameter", (y, b) -> b.parameter("z", Init.ZERO, 0));
    return members;
  }

  static Stream<String> names() {
    return members().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyMemberNamesTheRepeatedBlockAndTheLine(String member) {
    InBlock mistake = members().get(member);
    InlayException refusal =
        catchThrowableOfType(
            InlayException.class,
            () ->
                graph.stage(
                    "ppm",
                    () -> {
                      Scope block = scope.at("blocks", 2);
                      return mistake.make(block.convNormRelu("first", x, 6, 3), block);
                    }));

    assertThat(refusal).as(member).isNotNull();
    assertThat(refusal.getMessage()).matches("ppm\\.blocks\\.2 ShapeErrorsTest\\.java:\\d+: .*\\.");
  }
}
