package dev.inlay.compile.torch;

import dev.inlay.Dim;
import dev.inlay.Window;
import dev.inlay.graph.Attributes;
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
import dev.inlay.graph.Attributes.None;
import dev.inlay.graph.Attributes.Padding;
import dev.inlay.graph.Attributes.Pooling;
import dev.inlay.graph.Attributes.Power;
import dev.inlay.graph.Attributes.Probability;
import dev.inlay.graph.Attributes.Scalar;
import dev.inlay.graph.Attributes.Second;
import dev.inlay.graph.Attributes.Sizes;
import dev.inlay.graph.Attributes.Sliding;
import dev.inlay.graph.Attributes.Span;
import dev.inlay.graph.Attributes.Spared;
import dev.inlay.graph.ElementType;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operands;
import dev.inlay.graph.Operator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What each operator is called in TorchScript, and in which order its function takes operands and
 * attributes. All that the engine's functions want to be told, such as codes of types and layouts,
 * is said here and nowhere else.
 */
final class TorchForms {

  /** The operators that no line of a program computes, with the reason. */
  static final Map<Operator, String> NOT_WRITTEN =
      Map.of(
          Operator.INPUT, "is an argument of the program",
          Operator.PARAMETER, "is read from the lists of stored values");

  private static final boolean KEPT = true;
  private static final boolean CUDNN = true;
  private static final int MEAN_OF_ALL = 1;
  private static final int SUM_OF_ALL = 2;
  private static final int BOOLEAN = 11;
  private static final TorchCall.Word CHANNELS_LAST = new TorchCall.Word("memory_format=2");
  private static final TorchCall.Word ABSENT = TorchCall.ABSENT;

  private static final Map<Operator, Row<?>> ROWS = new EnumMap<>(Operator.class);

  private record Row<A extends Attributes>(Class<A> type, TorchForm<A> form) {
    String write(TorchCall call) {
      return form.write(call, call.node().attributes(type));
    }
  }

  private TorchForms() {}

  /** The expression that computes an operation. */
  static String write(TorchCall call) {
    return Objects.requireNonNull(ROWS.get(call.node().operator())).write(call);
  }

  static boolean has(Operator operator) {
    return ROWS.containsKey(operator);
  }

  /** The attributes that an operator's form reads. */
  static Class<? extends Attributes> attributes(Operator operator) {
    return Objects.requireNonNull(ROWS.get(operator)).type();
  }

  static {
    row(Operator.RAW, Expression.class, TorchForms::expression);

    row(Operator.CONV, Sliding.class, TorchForms::conv);
    row(Operator.CONV_TRANSPOSE, Sliding.class, TorchForms::convTranspose);
    row(Operator.MAX_POOL, Pooling.class, TorchForms::maxPool);
    row(Operator.AVG_POOL, Pooling.class, TorchForms::avgPool);
    sized(Operator.ADAPTIVE_AVG_POOL, "adaptive_avg_pool2d");
    row(Operator.RESIZE, Interpolation.class, TorchForms::resize);
    sized(Operator.RESIZE_NEAREST, "upsample_nearest2d");
    row(Operator.PIXEL_SHUFFLE, Count.class, (on, how) -> on.call("pixel_shuffle", how.count()));
    row(Operator.PAD, Padding.class, TorchForms::pad);

    row(Operator.BATCH_NORM, BatchNorm.class, TorchForms::batchNorm);
    row(Operator.GROUP_NORM, GroupNorm.class, TorchForms::groupNorm);
    row(Operator.LAYER_NORM, LayerNorm.class, TorchForms::layerNorm);

    function(Operator.RELU, "relu");
    function(Operator.SIGMOID, "sigmoid");
    function(Operator.TANH, "tanh");
    function(Operator.EXP, "exp");
    function(Operator.LOG, "log");
    function(Operator.SQRT, "sqrt");
    function(Operator.RSQRT, "rsqrt");
    function(Operator.ABS, "abs");
    dropout(Operator.DROPOUT, "dropout");
    dropout(Operator.CHANNEL_DROPOUT, "feature_dropout");
    binary(Operator.ADD, "add");
    binary(Operator.SUB, "sub");
    binary(Operator.MUL, "mul");
    binary(Operator.DIV, "div");
    row(Operator.DIV_BY_SIZE, Power.class, TorchForms::divBySize);
    binary(Operator.MAXIMUM, "maximum");
    binary(Operator.AT_LEAST, "clamp_min");
    binary(Operator.EQUAL, "eq");
    binary(Operator.GREATER, "gt");
    function(Operator.NOT, "logical_not");
    binary(Operator.MASKED_FILL, "masked_fill");
    row(Operator.CAST, Element.class, (on, how) -> on.call("to", code(how.type())));
    row(Operator.AS_FLOAT, None.class, (on, how) -> on.call("to", code(ElementType.FLOAT32)));
    function(Operator.DETACH, "detach");
    row(Operator.CHANNELS_LAST, None.class, (on, how) -> on.call("contiguous", CHANNELS_LAST));

    row(Operator.NORMALIZE, None.class, TorchForms::normalize);

    function(Operator.MATMUL, "matmul");
    row(Operator.EINSUM, Equation.class, TorchForms::einsum);
    row(Operator.SPARED, Spared.class, (on, how) -> on.name(0));

    along(Operator.SOFTMAX, "softmax");
    along(Operator.LOG_SOFTMAX, "log_softmax");
    reduction(Operator.MEAN, "mean");
    reduction(Operator.SUM, "sum");
    reduction(Operator.MAX, "amax");
    row(Operator.ARGMAX, Axis.class, (on, how) -> on.call("argmax", how.axis(), KEPT));

    sized(Operator.RESHAPE, "reshape");
    row(Operator.PERMUTE, Axes.class, (on, how) -> on.call("permute", how.axes()));
    sized(Operator.EXPAND, "expand");
    row(Operator.SLICE, Span.class, TorchForms::slice);
    row(Operator.CONCAT, Axis.class, TorchForms::concat);
    row(Operator.ONE_HOT, Count.class, TorchForms::oneHot);
    row(Operator.DIAGONAL, Sizes.class, TorchForms::diagonal);

    row(Operator.CROSS_ENTROPY, Ignored.class, TorchForms::crossEntropy);
    row(Operator.BINARY_CROSS_ENTROPY, None.class, TorchForms::binaryCrossEntropy);
    row(Operator.COUNT_UNLESS, Ignored.class, TorchForms::countUnless);
    row(Operator.PRESENT, Labelling.class, TorchForms::present);
    row(Operator.CONFUSION, Labelling.class, TorchForms::confusion);
  }

  private static <A extends Attributes> void row(
      Operator operator, Class<A> type, TorchForm<A> form) {
    ROWS.put(operator, new Row<>(type, form));
  }

  // Forms that several operators share

  /** A function of the operands alone. */
  private static void function(Operator operator, String name) {
    row(operator, None.class, (on, how) -> on.call(name));
  }

  /** A function of a value and a second one, which may be a number. */
  private static void binary(Operator operator, String name) {
    row(
        operator,
        Second.class,
        (on, how) -> how instanceof Scalar scalar ? on.call(name, scalar.value()) : on.call(name));
  }

  private static void dropout(Operator operator, String name) {
    row(operator, Probability.class, (on, how) -> on.call(name, how.probability(), on.training()));
  }

  /** A function of a value and the sizes of the result. */
  private static void sized(Operator operator, String name) {
    row(operator, Sizes.class, (on, how) -> on.call(name, how.sizes()));
  }

  private static void along(Operator operator, String name) {
    row(operator, Axis.class, (on, how) -> on.call(name, how.axis()));
  }

  /** A reduction that keeps its axes. */
  private static void reduction(Operator operator, String name) {
    row(operator, Axes.class, (on, how) -> on.call(name, how.axes(), KEPT));
  }

  // What the engine's functions want to be told

  private static int code(ElementType type) {
    return switch (type) {
      case UINT8 -> 0;
      case FLOAT32 -> 6;
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

  /** An author's expression, with the operands in their places. */
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
    return on.call("batch_norm", on.training(), how.momentum(), how.epsilon(), CUDNN);
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

  /**
   * Planes are made in the engine's own order, then changed in place: no further copy is needed.
   */
  private static String normalize(TorchCall on, None how) {
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

  private static String oneHot(TorchCall on, Count how) {
    return "torch.to(torch.permute(torch.one_hot(torch.squeeze(%s, 1), %d), [0, 3, 1, 2]), %d)"
        .formatted(on.name(0), how.count(), BOOLEAN);
  }

  /** The operand tells the device. */
  private static String diagonal(TorchCall on, Sizes how) {
    return "torch.eye(%s, dtype=%d, layout=None, device=ops.prim.device(%s), pin_memory=None)"
        .formatted(SizeText.of(how.sizes().get(0)), BOOLEAN, on.name(0));
  }

  private static String crossEntropy(TorchCall on, Ignored how) {
    return on.call("cross_entropy_loss", ABSENT, SUM_OF_ALL, how.label());
  }

  private static String binaryCrossEntropy(TorchCall on, None how) {
    return on.call("binary_cross_entropy_with_logits", ABSENT, ABSENT, MEAN_OF_ALL);
  }

  private static String countUnless(TorchCall on, Ignored how) {
    return "torch.sum(torch.ne(%s, %d))".formatted(on.name(0), how.label());
  }

  /** A class more, thrown away at the end, takes the pixels that count nowhere. */
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

  /** Pairs of label and prediction as one number each, counted. */
  private static String confusion(TorchCall on, Labelling how) {
    String logits = on.name(0);
    String labels = on.name(1);
    String counted = "torch.ne(%s, %d)".formatted(labels, how.ignored());
    return ("torch.bincount(torch.add(torch.mul(torch.masked_select(%1$s, %2$s), %3$d),"
            + " torch.masked_select(torch.argmax(%4$s, 1, False), %2$s)), None, %5$d)")
        .formatted(labels, counted, how.classes(), logits, how.classes() * how.classes());
  }
}
