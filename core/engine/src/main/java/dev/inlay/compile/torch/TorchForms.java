package dev.inlay.compile.torch;

import dev.inlay.Dim;
import dev.inlay.Window;
import dev.inlay.graph.Attributes.Axes;
import dev.inlay.graph.Attributes.Axis;
import dev.inlay.graph.Attributes.BatchNorm;
import dev.inlay.graph.Attributes.Count;
import dev.inlay.graph.Attributes.Element;
import dev.inlay.graph.Attributes.Equation;
import dev.inlay.graph.Attributes.Expression;
import dev.inlay.graph.Attributes.GroupNorm;
import dev.inlay.graph.Attributes.Ignored;
import dev.inlay.graph.Attributes.Interpolation;
import dev.inlay.graph.Attributes.Labelling;
import dev.inlay.graph.Attributes.LayerNorm;
import dev.inlay.graph.Attributes.Numbers;
import dev.inlay.graph.Attributes.Order;
import dev.inlay.graph.Attributes.Padding;
import dev.inlay.graph.Attributes.Pooling;
import dev.inlay.graph.Attributes.Power;
import dev.inlay.graph.Attributes.Probability;
import dev.inlay.graph.Attributes.Scalar;
import dev.inlay.graph.Attributes.Sizes;
import dev.inlay.graph.Attributes.Sliding;
import dev.inlay.graph.Attributes.Span;
import dev.inlay.graph.ElementType;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operands;
import java.util.List;

/**
 * The TorchScript form of each operator: its function and the order of its arguments. Only this
 * class has the engine's codes of types and layouts. An operator without a row is a compile-time
 * error.
 */
final class TorchForms {

  private static final boolean KEPT = true;
  private static final boolean CUDNN = true;
  private static final int OF_EACH = 0;
  private static final int MEAN_OF_ALL = 1;
  private static final int SUM_OF_ALL = 2;
  private static final int INT64 = 4;
  private static final int BOOLEAN = 11;
  private static final TorchCall.Word CHANNELS_LAST = new TorchCall.Word("memory_format=2");
  private static final TorchCall.Word ABSENT = TorchCall.ABSENT;

  private TorchForms() {}

  /** The expression that computes an operation. */
  static String write(TorchCall on) {
    Node node = on.node();
    return switch (node.operator()) {
      case INPUT -> throw new IllegalStateException("an input is an argument of the program");
      case PARAMETER -> throw new IllegalStateException("a parameter is read from a list");
      case RAW -> expression(on, node.attributes(Expression.class));
      case CONV -> conv(on, node.attributes(Sliding.class));
      case CONV_TRANSPOSE -> convTranspose(on, node.attributes(Sliding.class));
      case MAX_POOL -> maxPool(on, node.attributes(Pooling.class));
      case AVG_POOL -> avgPool(on, node.attributes(Pooling.class));
      case ADAPTIVE_AVG_POOL -> sized(on, "adaptive_avg_pool2d");
      case RESIZE -> resize(on, node.attributes(Interpolation.class));
      case RESIZE_NEAREST -> sized(on, "upsample_nearest2d");
      case PIXEL_SHUFFLE -> on.call("pixel_shuffle", node.attributes(Count.class).count());
      case PIXEL_UNSHUFFLE -> on.call("pixel_unshuffle", node.attributes(Count.class).count());
      case PAD -> pad(on, node.attributes(Padding.class));
      case BATCH_NORM -> batchNorm(on, node.attributes(BatchNorm.class));
      case GROUP_NORM -> groupNorm(on, node.attributes(GroupNorm.class));
      case LAYER_NORM -> layerNorm(on, node.attributes(LayerNorm.class));
      case RELU -> on.call("relu");
      case LEAKY_RELU -> binary(on, "leaky_relu");
      case PRELU -> on.call("prelu");
      case SIGMOID -> on.call("sigmoid");
      case TANH -> on.call("tanh");
      case EXP -> on.call("exp");
      case LOG -> on.call("log");
      case SQRT -> on.call("sqrt");
      case RSQRT -> on.call("rsqrt");
      case ABS -> on.call("abs");
      case POW -> binary(on, "pow");
      case DROPOUT -> dropout(on, "dropout");
      case CHANNEL_DROPOUT -> dropout(on, "feature_dropout");
      case ADD -> binary(on, "add");
      case SUB -> binary(on, "sub");
      case MUL -> binary(on, "mul");
      case DIV -> binary(on, "div");
      case DIV_BY_SIZE -> divBySize(on, node.attributes(Power.class));
      case MAXIMUM -> binary(on, "maximum");
      case AT_LEAST -> binary(on, "clamp_min");
      case EQUAL -> binary(on, "eq");
      case GREATER -> binary(on, "gt");
      case GREATER_OR_EQUAL -> binary(on, "ge");
      case LESS -> binary(on, "lt");
      case LESS_OR_EQUAL -> binary(on, "le");
      case NOT -> on.call("logical_not");
      case MASKED_FILL -> binary(on, "masked_fill");
      case WHERE -> on.function("where", on.operand(1), on.operand(0), on.operand(2));
      case CAST -> on.call("to", code(node.attributes(Element.class).type()));
      case AS_FLOAT -> on.call("to", code(ElementType.FLOAT32));
      case DETACH -> on.call("detach");
      case CHANNELS_LAST -> on.call("contiguous", CHANNELS_LAST);
      case NORMALIZE -> normalize(on);
      case MATMUL -> on.call("matmul");
      case EINSUM -> einsum(on, node.attributes(Equation.class));
      case SPARED -> on.name(0);
      case SOFTMAX -> along(on, "softmax");
      case LOG_SOFTMAX -> along(on, "log_softmax");
      case MEAN -> reduction(on, "mean");
      case SUM -> reduction(on, "sum");
      case MAX -> reduction(on, "amax");
      case MIN -> reduction(on, "amin");
      case ARGMAX -> on.call("argmax", node.attributes(Axis.class).axis(), KEPT);
      case CUMSUM -> along(on, "cumsum");
      case ARGSORT -> argsort(on, node.attributes(Order.class));
      case GATHER ->
          on.function("gather", on.operand(0), node.attributes(Axis.class).axis(), on.operand(1));
      case RESHAPE -> sized(on, "reshape");
      case PERMUTE -> on.call("permute", node.attributes(Axes.class).axes());
      case EXPAND -> sized(on, "expand");
      case SLICE -> slice(on, node.attributes(Span.class));
      case CONCAT -> concat(on, node.attributes(Axis.class));
      case ONE_HOT -> oneHot(on, node.attributes(Count.class));
      case DIAGONAL -> diagonal(on, node.attributes(Sizes.class));
      case RANGE -> range(on, node.attributes(Sizes.class));
      case VECTOR -> vector(on, node.attributes(Numbers.class));
      case CROSS_ENTROPY -> crossEntropy(on, node.attributes(Ignored.class));
      case PIXEL_CROSS_ENTROPY -> pixelCrossEntropy(on, node.attributes(Ignored.class));
      case BINARY_CROSS_ENTROPY -> binaryCrossEntropy(on);
      case COUNT_UNLESS -> countUnless(on, node.attributes(Ignored.class));
      case PRESENT -> present(on, node.attributes(Labelling.class));
      case CONFUSION -> confusion(on, node.attributes(Labelling.class));
    };
  }

  // Forms that several operators share

  /** A function of a value and a second value or number. */
  private static String binary(TorchCall on, String name) {
    return on.node().attributes() instanceof Scalar scalar
        ? on.call(name, scalar.value())
        : on.call(name);
  }

  private static String dropout(TorchCall on, String name) {
    return on.call(name, on.node().attributes(Probability.class).probability(), on.training());
  }

  /** A function of a value and the result's sizes. */
  private static String sized(TorchCall on, String name) {
    return on.call(name, on.node().attributes(Sizes.class).sizes());
  }

  private static String along(TorchCall on, String name) {
    return on.call(name, on.node().attributes(Axis.class).axis());
  }

  /** A reduction that keeps its axes. */
  private static String reduction(TorchCall on, String name) {
    return on.call(name, on.node().attributes(Axes.class).axes(), KEPT);
  }

  // Types and layouts in the engine's codes

  private static int code(ElementType type) {
    return switch (type) {
      case UINT8 -> 0;
      case FLOAT32 -> 6;
      case FLOAT64 -> 7;
      case BFLOAT16 -> 15;
    };
  }

  private static List<Integer> kernel(Window w) {
    return List.of(w.kernelHeight(), w.kernelWidth());
  }

  private static List<Integer> strides(Window w) {
    return List.of(w.stride(), w.stride());
  }

  private static List<Integer> pads(Window w) {
    return List.of(w.padTop(), w.padLeft());
  }

  private static List<Integer> dilations(Window w) {
    return List.of(w.dilation(), w.dilation());
  }

  // Forms of one operator

  /** An author's expression with the operands' names for {@code $0}, {@code $1}, … */
  private static String expression(TorchCall on, Expression how) {
    String text = how.torch();
    for (int i = on.operands().size() - 1; i >= 0; i--) {
      text = text.replace("$" + i, on.name(i));
    }
    return text;
  }

  private static String conv(TorchCall on, Sliding how) {
    Window w = how.window();
    return on.function(
        "conv2d",
        on.operand(0),
        on.operand(Operands.WEIGHT),
        on.optional(Operands.BIAS),
        strides(w),
        pads(w),
        dilations(w),
        how.groups());
  }

  private static String convTranspose(TorchCall on, Sliding how) {
    Window w = how.window();
    List<Integer> outputPadding = List.of(0, 0);
    return on.function(
        "conv_transpose2d",
        on.operand(0),
        on.operand(Operands.WEIGHT),
        on.optional(Operands.BIAS),
        strides(w),
        pads(w),
        outputPadding,
        how.groups(),
        dilations(w));
  }

  private static String maxPool(TorchCall on, Pooling how) {
    Window w = how.window();
    return on.call("max_pool2d", kernel(w), strides(w), pads(w), dilations(w), how.ceil());
  }

  private static String avgPool(TorchCall on, Pooling how) {
    Window w = how.window();
    boolean countPadding = false;
    return on.call("avg_pool2d", kernel(w), strides(w), pads(w), how.ceil(), countPadding, ABSENT);
  }

  private static String resize(TorchCall on, Interpolation how) {
    return on.call("upsample_bilinear2d", List.of(how.height(), how.width()), how.alignCorners());
  }

  private static String pad(TorchCall on, Padding how) {
    List<Dim> by = List.of(how.left(), how.right(), how.top(), how.bottom());
    return on.call("constant_pad_nd", by, 0);
  }

  private static String batchNorm(TorchCall on, BatchNorm how) {
    boolean training = on.training() && !how.fixed();
    return on.call("batch_norm", training, how.momentum(), how.epsilon(), CUDNN);
  }

  private static String groupNorm(TorchCall on, GroupNorm how) {
    return on.function(
        "group_norm",
        on.operand(0),
        how.groups(),
        on.operand(Operands.WEIGHT),
        on.operand(Operands.BIAS),
        how.epsilon(),
        CUDNN);
  }

  private static String layerNorm(TorchCall on, LayerNorm how) {
    Node weight = on.node().roles().weight();
    return on.function(
        "layer_norm",
        on.operand(0),
        weight.shape(),
        on.operand(Operands.WEIGHT),
        on.operand(Operands.BIAS),
        how.epsilon(),
        CUDNN);
  }

  /** The conversion to (B,C,H,W) copies once; the arithmetic is in place. */
  private static String normalize(TorchCall on) {
    String planes =
        "torch.to(torch.permute(%s, [0, 3, 1, 2]), %d, memory_format=0)"
            .formatted(on.name(0), code(ElementType.FLOAT32));
    return "torch.div_(torch.sub_(torch.div_(%s, 255), %s), %s)"
        .formatted(planes, on.name(1), on.name(2));
  }

  private static String divBySize(TorchCall on, Power how) {
    String base = SizeText.of(how.base());
    return on.call("div", new TorchCall.Word("torch.pow(" + base + ", " + how.exponent() + ")"));
  }

  private static String einsum(TorchCall on, Equation how) {
    return on.function("einsum", how.text(), on.list());
  }

  private static String slice(TorchCall on, Span how) {
    int step = 1;
    return on.call("slice", how.axis(), how.from(), how.to(), step);
  }

  private static String concat(TorchCall on, Axis how) {
    return on.function("cat", on.list(), how.axis());
  }

  /**
   * Each id compared with every class: an id that is no class equals none. The classes are the
   * innermost axis in memory.
   */
  private static String oneHot(TorchCall on, Count how) {
    return ("torch.permute(torch.eq(torch.permute(%1$s, [0, 2, 3, 1]), torch.arange(%2$d,"
            + " dtype=%3$d, layout=None, device=ops.prim.device(%1$s), pin_memory=None)),"
            + " [0, 3, 1, 2])")
        .formatted(on.name(0), how.count(), INT64);
  }

  /** The operand determines the device. */
  private static String diagonal(TorchCall on, Sizes how) {
    return "torch.eye(%s, dtype=%d, layout=None, device=ops.prim.device(%s), pin_memory=None)"
        .formatted(SizeText.of(how.sizes().get(0)), BOOLEAN, on.name(0));
  }

  /** The operand determines the device. */
  private static String range(TorchCall on, Sizes how) {
    return "torch.arange(%s, dtype=%d, layout=None, device=ops.prim.device(%s), pin_memory=None)"
        .formatted(SizeText.of(how.sizes().get(0)), INT64, on.name(0));
  }

  /** The operand determines the device. */
  private static String vector(TorchCall on, Numbers how) {
    return on.function(
        "tensor",
        how.values(),
        new TorchCall.Word(
            "dtype=%d, device=ops.prim.device(%s)"
                .formatted(code(ElementType.FLOAT32), on.name(0))));
  }

  /** A stable order, which is the same on every device. */
  private static String argsort(TorchCall on, Order how) {
    return "torch.argsort(%s, stable=True, dim=%d, descending=%s)"
        .formatted(on.name(0), how.axis(), how.descending() ? "True" : "False");
  }

  private static String crossEntropy(TorchCall on, Ignored how) {
    return on.call("cross_entropy_loss", ABSENT, SUM_OF_ALL, how.label());
  }

  private static String pixelCrossEntropy(TorchCall on, Ignored how) {
    return on.call("cross_entropy_loss", ABSENT, OF_EACH, how.label());
  }

  private static String binaryCrossEntropy(TorchCall on) {
    return on.call("binary_cross_entropy_with_logits", ABSENT, ABSENT, MEAN_OF_ALL);
  }

  private static String countUnless(TorchCall on, Ignored how) {
    return "torch.sum(torch.ne(%s, %d))".formatted(on.name(0), how.label());
  }

  /** An additional class, removed at the end, takes the ignored pixels. */
  private static String present(TorchCall on, Labelling how) {
    String labels = on.name(0);
    String batch = SizeText.of(on.node().batch());
    int classes = how.classes();
    String none =
        "torch.new_zeros(%s, [%s, %d], dtype=%d)"
            .formatted(labels, batch, classes + 1, code(ElementType.FLOAT32));
    String counted =
        "torch.reshape(torch.masked_fill(%1$s, torch.eq(%1$s, %2$d), %3$d), [%4$s, -1])"
            .formatted(labels, how.ignored(), classes, batch);
    return "torch.slice(torch.scatter(%s, 1, %s, 1.), 1, 0, %d)".formatted(none, counted, classes);
  }

  /** Counts pairs of label and prediction, each coded as one number. */
  private static String confusion(TorchCall on, Labelling how) {
    String logits = on.name(0);
    String labels = on.name(1);
    String counted = "torch.ne(%s, %d)".formatted(labels, how.ignored());
    return ("torch.bincount(torch.add(torch.mul(torch.masked_select(%1$s, %2$s), %3$d),"
            + " torch.masked_select(torch.argmax(%4$s, 1, False), %2$s)), None, %5$d)")
        .formatted(labels, counted, how.classes(), logits, how.classes() * how.classes());
  }
}
