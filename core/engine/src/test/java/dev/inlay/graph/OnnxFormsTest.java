package dev.inlay.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.Dim;
import dev.inlay.Init;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The skeleton of a second backend, ONNX at opset 17: for every operator the ONNX operators that
 * compute it, or the reason why an exporter writes none. It shows that operands and attributes are
 * enough for a second backend.
 */
final class OnnxFormsTest {

  private static final int OPSET = 17;

  /** The opset that introduced each ONNX operator in the form used. */
  private static final Map<String, Integer> SINCE = new TreeMap<>();

  private static final Map<Operator, List<String>> FORMS = new EnumMap<>(Operator.class);
  private static final Map<Operator, String> REASONS = new EnumMap<>(Operator.class);

  private static void since(int opset, String... names) {
    Arrays.stream(names).forEach(name -> SINCE.put(name, opset));
  }

  private static void form(Operator operator, String... names) {
    FORMS.put(operator, List.of(names));
  }

  static {
    since(1, "GlobalAveragePool", "Reciprocal", "InstanceNormalization");
    since(13, "Constant", "GatherElements");
    since(9, "ConstantOfShape", "EyeLike", "Where");
    since(11, "Conv", "ConvTranspose", "AveragePool", "Range", "TopK", "CumSum");
    since(12, "MaxPool", "Einsum");
    since(13, "Cast", "Concat", "DepthToSpace", "Expand", "Flatten", "Pad", "Slice");
    since(13, "Abs", "Exp", "Log", "Sigmoid", "Sqrt", "Tanh", "Softmax", "LogSoftmax", "MatMul");
    since(
        13,
        "ArgMax",
        "ReduceMax",
        "ReduceMin",
        "ReduceMean",
        "ReduceSum",
        "Transpose",
        "Resize",
        "Equal");
    since(13, "Greater", "Gather", "Max", "SoftmaxCrossEntropyLoss", "Floor", "Ceil", "Less");
    since(14, "Add", "Sub", "Mul", "Div", "Relu", "Reshape", "Identity");
    since(7, "And");
    since(1, "Not", "Softplus");
    since(15, "BatchNormalization", "Pow", "Shape");
    since(16, "LeakyRelu", "PRelu", "ScatterElements", "GreaterOrEqual", "LessOrEqual");
    since(17, "LayerNormalization");

    REASONS.put(Operator.INPUT, "an input of the ONNX graph");
    REASONS.put(Operator.PARAMETER, "an initialiser of the ONNX graph");
    REASONS.put(Operator.RAW, "TorchScript of an author; refused with its stage and line");
    REASONS.put(Operator.DROPOUT, "nothing in inference; WithoutDropout leaves it out");
    REASONS.put(Operator.CHANNEL_DROPOUT, "nothing in inference; WithoutDropout leaves it out");
    REASONS.put(Operator.CHANNELS_LAST, "ONNX has one layout; an exporter takes no such rewriting");
    REASONS.put(Operator.CONFUSION, "ONNX counts no bins; a report of training alone");

    form(Operator.CONV, "Conv");
    form(Operator.CONV_TRANSPOSE, "ConvTranspose");
    form(Operator.MAX_POOL, "MaxPool");
    form(Operator.AVG_POOL, "AveragePool");
    // Sums over bins are products with a matrix of ones and zeros that depends on the map's size.
    form(
        Operator.ADAPTIVE_AVG_POOL,
        "Range",
        "Mul",
        "Div",
        "Floor",
        "Ceil",
        "Less",
        "Not",
        "And",
        "Cast",
        "ReduceSum",
        "MatMul");
    form(Operator.RESIZE, "Resize");
    form(Operator.RESIZE_NEAREST, "Resize");
    form(Operator.PIXEL_SHUFFLE, "DepthToSpace");
    // The order of SpaceToDepth's channels is another one.
    form(Operator.PIXEL_UNSHUFFLE, "Reshape", "Transpose", "Reshape");
    form(Operator.PAD, "Pad");
    form(Operator.BATCH_NORM, "BatchNormalization");
    form(Operator.GROUP_NORM, "Reshape", "InstanceNormalization", "Reshape", "Mul", "Add");
    form(Operator.LAYER_NORM, "LayerNormalization");
    form(Operator.RELU, "Relu");
    form(Operator.LEAKY_RELU, "LeakyRelu");
    form(Operator.PRELU, "PRelu");
    form(Operator.SIGMOID, "Sigmoid");
    form(Operator.TANH, "Tanh");
    form(Operator.EXP, "Exp");
    form(Operator.LOG, "Log");
    form(Operator.SQRT, "Sqrt");
    form(Operator.RSQRT, "Sqrt", "Reciprocal");
    form(Operator.ABS, "Abs");
    form(Operator.POW, "Pow");
    form(Operator.ADD, "Add");
    form(Operator.SUB, "Sub");
    form(Operator.MUL, "Mul");
    form(Operator.DIV, "Div");
    form(Operator.DIV_BY_SIZE, "Cast", "Pow", "Div");
    form(Operator.MAXIMUM, "Max");
    form(Operator.AT_LEAST, "Max");
    form(Operator.EQUAL, "Equal");
    form(Operator.GREATER, "Greater");
    form(Operator.GREATER_OR_EQUAL, "GreaterOrEqual");
    form(Operator.LESS, "Less");
    form(Operator.LESS_OR_EQUAL, "LessOrEqual");
    form(Operator.NOT, "Cast", "Not");
    form(Operator.MASKED_FILL, "Where");
    form(Operator.WHERE, "Where");
    form(Operator.CAST, "Cast");
    form(Operator.AS_FLOAT, "Cast");
    form(Operator.DETACH, "Identity");
    form(Operator.NORMALIZE, "Transpose", "Cast", "Div", "Sub", "Div");
    form(Operator.MATMUL, "MatMul");
    form(Operator.EINSUM, "Einsum");
    form(Operator.SPARED, "Identity");
    form(Operator.SOFTMAX, "Softmax");
    form(Operator.LOG_SOFTMAX, "LogSoftmax");
    form(Operator.MEAN, "ReduceMean");
    form(Operator.SUM, "Cast", "ReduceSum");
    form(Operator.MAX, "ReduceMax");
    form(Operator.MIN, "ReduceMin");
    form(Operator.ARGMAX, "ArgMax");
    form(Operator.CUMSUM, "CumSum");
    form(Operator.ARGSORT, "Shape", "Slice", "TopK"); // of all positions, sorted
    form(Operator.GATHER, "GatherElements");
    form(Operator.RESHAPE, "Reshape");
    form(Operator.PERMUTE, "Transpose");
    form(Operator.EXPAND, "Expand");
    form(Operator.SLICE, "Slice");
    form(Operator.CONCAT, "Concat");
    form(Operator.ONE_HOT, "Equal"); // with the constants 0 to K - 1 along axis 1
    form(Operator.DIAGONAL, "ConstantOfShape", "EyeLike", "Cast");
    form(Operator.RANGE, "Range");
    form(Operator.CROSS_ENTROPY, "SoftmaxCrossEntropyLoss");
    form(Operator.VECTOR, "Constant");
    form(Operator.PIXEL_CROSS_ENTROPY, "SoftmaxCrossEntropyLoss"); // of the reduction "none"
    form(Operator.BINARY_CROSS_ENTROPY, "Softplus", "Mul", "Sub", "ReduceMean");
    form(Operator.COUNT_UNLESS, "Equal", "Not", "Cast", "ReduceSum");
    form(Operator.PRESENT, "Where", "Reshape", "ConstantOfShape", "ScatterElements", "Slice");
  }

  @ParameterizedTest
  @EnumSource
  void everyOperatorHasAFormOrAReasonWhyNot(Operator operator) {
    assertThat(FORMS.containsKey(operator))
        .as("ONNX form of %s", operator)
        .isNotEqualTo(REASONS.containsKey(operator));
  }

  @Test
  void everyFormIsMadeOfOperatorsOfTheOpset() {
    FORMS.forEach(
        (operator, names) ->
            assertThat(names)
                .as("ONNX form of %s", operator)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(SINCE.get(name)).isBetween(1, OPSET)));
  }

  /** A node of an ONNX graph. */
  private record OnnxNode(String operator, List<String> inputs, String attributes) {}

  /** A sketch of an exporter: it reads operands and attributes by name. */
  private static final class Exporter implements Lowering<String> {

    private final List<OnnxNode> nodes = new ArrayList<>();

    @Override
    public String lower(Node node, List<String> operands) {
      if (REASONS.containsKey(node.operator())) {
        return node.name();
      }
      List<String> inputs = operands;
      String name = "";
      for (String operator : FORMS.get(node.operator())) {
        nodes.add(new OnnxNode(operator, inputs, attributes(node.attributes())));
        name = "n" + nodes.size();
        inputs = List.of(name);
      }
      return name;
    }

    private static String attributes(Attributes attributes) {
      if (attributes instanceof Attributes.Sliding sliding) {
        Window w = sliding.window();
        return "strides=%d dilations=%d pads=%d,%d group=%s"
            .formatted(w.stride(), w.dilation(), w.padTop(), w.padLeft(), sliding.groups());
      }
      if (attributes instanceof Attributes.BatchNorm norm) {
        return "epsilon=" + norm.epsilon();
      }
      if (attributes instanceof Attributes.Interpolation to) {
        String mode = to.alignCorners() ? "align_corners" : "half_pixel";
        return mode
            + " "
            + to.height().fold(new SizeNodes())
            + " "
            + to.width().fold(new SizeNodes());
      }
      return "";
    }
  }

  /** A size as the ONNX operators that compute it from the shape of the image. */
  private static final class SizeNodes implements Dim.Terms<String> {

    @Override
    public String symbol(String name) {
      return "Gather(Shape, " + name + ")";
    }

    @Override
    public String quotient(String of, long by) {
      return "Div(" + of + ", " + by + ")";
    }

    @Override
    public String product(long factor, List<String> factors) {
      return factors.stream().reduce(Long.toString(factor), (a, b) -> "Mul(" + a + ", " + b + ")");
    }

    @Override
    public String sum(List<String> products) {
      return products.stream().reduce((a, b) -> "Add(" + a + ", " + b + ")").orElse("0");
    }
  }

  @Test
  void aNetworkIsLoweredByTheSameWalkAsForTorchScript() {
    Graph graph = new Graph();
    Scope scope = graph.scope("net");
    Tensor image =
        graph.input(
            "image", Tensor.Type.FLOAT, Dim.symbol("B"), Dim.of(3), Dim.symbol("H"), Dim.of(8));
    Tensor weight = scope.parameter("w", Init.ONE, 4, 3, 3, 3);
    Tensor bias = scope.parameter("b", Init.ONE, 4);
    Tensor x = image.conv(weight, bias, Window.of(3).stride(2)).relu();
    Tensor output = scope.norm("bn", x).rsqrt().resize(image.height().ceilDiv(2), Dim.of(8), false);
    Exporter exporter = new Exporter();
    Walk.fold(Walk.order(List.of((Node) output)), new IdentityHashMap<>(), exporter);

    assertThat(exporter.nodes)
        .containsExactly(
            new OnnxNode(
                "Conv",
                List.of("image", "net.w", "net.b"),
                "strides=2 dilations=1 pads=1,1 group=1"),
            new OnnxNode("Relu", List.of("n1"), ""),
            new OnnxNode(
                "BatchNormalization",
                List.of(
                    "n2",
                    "net.bn.weight",
                    "net.bn.bias",
                    "net.bn.running_mean",
                    "net.bn.running_var"),
                "epsilon=1.0E-5"),
            new OnnxNode("Sqrt", List.of("n3"), ""),
            new OnnxNode("Reciprocal", List.of("n4"), ""),
            new OnnxNode(
                "Resize",
                List.of("n5"),
                "half_pixel Mul(1, Div(Add(Mul(1, Gather(Shape, H)), 1), 2)) 8"));
  }
}
