package dev.inlay.graph;

import static dev.inlay.graph.Operator.Memory.FRESH;
import static dev.inlay.graph.Operator.Memory.KEPT;
import static dev.inlay.graph.Operator.Memory.REUSES;
import static dev.inlay.graph.Operator.Memory.VIEW;
import static dev.inlay.graph.Precision.FOLLOW;
import static dev.inlay.graph.Precision.FULL;
import static dev.inlay.graph.Precision.LOW;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The operators: all that the compiler knows of each is in its row. The arguments of a node stand
 * in the order of the engine's function.
 */
public enum Operator {
  INPUT("", Shapes::declared, FOLLOW, VIEW),
  PARAMETER("", Shapes::declared, FOLLOW, VIEW),
  RAW("", Shapes::declared, FULL, VIEW, Cost::raw),

  CONV("conv2d", Windows::conv, LOW, FRESH, Cost::conv),
  CONV_TRANSPOSE("conv_transpose2d", Windows::convTranspose, LOW, FRESH, Cost::convTranspose),
  MAX_POOL("max_pool2d", Windows::maxPool, FOLLOW, FRESH),
  AVG_POOL("avg_pool2d", Windows::avgPool, FOLLOW, FRESH),
  ADAPTIVE_AVG_POOL("adaptive_avg_pool2d", Shapes::toSize, FOLLOW, FRESH),
  RESIZE("upsample_bilinear2d", Shapes::toSize, FOLLOW, FRESH),
  RESIZE_NEAREST("upsample_nearest2d", Shapes::toSize, FOLLOW, FRESH),
  PIXEL_SHUFFLE("pixel_shuffle", Shapes::pixelShuffle, FOLLOW, VIEW),
  PAD("constant_pad_nd", Shapes::pad, FOLLOW, VIEW),

  BATCH_NORM("batch_norm", Shapes::batchNorm, FOLLOW, FRESH),
  GROUP_NORM("group_norm", Shapes::groupNorm, FULL, FRESH),
  LAYER_NORM("layer_norm", Shapes::layerNorm, FULL, FRESH),

  RELU("relu", Shapes::same, FOLLOW, REUSES),
  SIGMOID("sigmoid", Shapes::asFloat, FOLLOW, KEPT),
  TANH("tanh", Shapes::asFloat, FOLLOW, KEPT),
  EXP("exp", Shapes::asFloat, FULL, KEPT),
  LOG("log", Shapes::asFloat, FULL, KEPT),
  SQRT("sqrt", Shapes::asFloat, FULL, KEPT),
  RSQRT("rsqrt", Shapes::asFloat, FULL, KEPT),
  ABS("abs", Shapes::same, FOLLOW, KEPT),
  DROPOUT("dropout", Shapes::same, FOLLOW, VIEW),
  CHANNEL_DROPOUT("feature_dropout", Shapes::same, FOLLOW, VIEW),
  ADD("add", Shapes::binary, FOLLOW, REUSES),
  SUB("sub", Shapes::binary, FOLLOW, FRESH),
  MUL("mul", Shapes::binary, FOLLOW, FRESH),
  DIV("div", Shapes::quotient, FOLLOW, KEPT),
  MAXIMUM("maximum", Shapes::binary, FOLLOW, KEPT),
  AT_LEAST("clamp_min", Shapes::binary, FOLLOW, KEPT),
  EQUAL("eq", Shapes::comparison, FULL, KEPT),
  GREATER("gt", Shapes::comparison, FULL, KEPT),
  NOT("logical_not", Shapes::truth, FOLLOW, KEPT),
  MASKED_FILL("masked_fill", Shapes::binary, FOLLOW, KEPT),
  CAST("to", Shapes::same, FOLLOW, FRESH),
  AS_FLOAT("to", Shapes::asFloat, FULL, VIEW),
  DETACH("detach", Shapes::same, FOLLOW, VIEW),
  CONTIGUOUS("contiguous", Shapes::same, FOLLOW, VIEW),

  MATMUL("matmul", Shapes::matmul, LOW, FRESH, Cost::matmul),
  EINSUM("einsum", Shapes::einsum, LOW, VIEW, Cost::einsum),

  SOFTMAX("softmax", Shapes::alongAxis, FULL, KEPT),
  LOG_SOFTMAX("log_softmax", Shapes::alongAxis, FULL, KEPT),
  MEAN("mean", Shapes::reduce, FULL, KEPT),
  SUM("sum", Shapes::sum, FULL, KEPT),
  MAX("amax", Shapes::reduce, FULL, KEPT),
  ARGMAX("argmax", Shapes::argmax, FULL, KEPT),

  RESHAPE("reshape", Shapes::reshape, FOLLOW, VIEW),
  PERMUTE("permute", Shapes::permute, FOLLOW, VIEW),
  EXPAND("expand", Shapes::expand, FOLLOW, VIEW),
  SLICE("slice", Shapes::slice, FOLLOW, VIEW),
  CONCAT("cat", Shapes::concat, FOLLOW, FRESH),

  CROSS_ENTROPY("cross_entropy_loss", Shapes::crossEntropy, FULL, KEPT),
  BINARY_CROSS_ENTROPY("binary_cross_entropy_with_logits", Shapes::binaryCrossEntropy, FULL, KEPT);

  /** What becomes of the memory of a result. */
  public enum Memory {
    /** The result may share its operand's memory. */
    VIEW,
    /** The result has its own memory, which the operator's gradient reads again. */
    KEPT,
    /** The result has its own memory, which nothing reads but its users. */
    FRESH,
    /** As {@link #FRESH} for sums; the operator can also write into its first operand's memory. */
    REUSES
  }

  private final String function;
  private final Function<Call, Shape> shape;
  private final Precision precision;
  private final Memory memory;
  private final BiFunction<Call, Shape, Cost> cost;

  Operator(String function, Function<Call, Shape> shape, Precision precision, Memory memory) {
    this(function, shape, precision, memory, Cost::free);
  }

  Operator(
      String function,
      Function<Call, Shape> shape,
      Precision precision,
      Memory memory,
      BiFunction<Call, Shape, Cost> cost) {
    this.function = function;
    this.shape = shape;
    this.precision = precision;
    this.memory = memory;
    this.cost = cost;
  }

  /** The engine's function, as in {@code torch.conv2d}. */
  public String function() {
    return "torch." + function;
  }

  public Precision precision() {
    return precision;
  }

  /** Whether it can write its result into its first operand's memory, as {@code torch.relu_}. */
  public boolean writesInPlace() {
    return memory == REUSES;
  }

  /** Whether a user may overwrite the result: its own memory, which no gradient reads again. */
  public boolean isOverwritable() {
    return memory == FRESH || this == ADD;
  }

  Shape shape(List<@Nullable Object> arguments) {
    return shape.apply(new Call(arguments));
  }

  Cost cost(List<@Nullable Object> arguments, Shape result) {
    return cost.apply(new Call(arguments), result);
  }
}
