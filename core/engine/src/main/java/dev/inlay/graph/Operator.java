package dev.inlay.graph;

import static dev.inlay.graph.Operator.Memory.FRESH;
import static dev.inlay.graph.Operator.Memory.KEPT;
import static dev.inlay.graph.Operator.Memory.REUSES;
import static dev.inlay.graph.Operator.Memory.VIEW;
import static dev.inlay.graph.Precision.FOLLOW;
import static dev.inlay.graph.Precision.FULL;
import static dev.inlay.graph.Precision.LOW;

import dev.inlay.graph.Attributes.Axes;
import dev.inlay.graph.Attributes.Axis;
import dev.inlay.graph.Attributes.Count;
import dev.inlay.graph.Attributes.Equation;
import dev.inlay.graph.Attributes.Expression;
import dev.inlay.graph.Attributes.Ignored;
import dev.inlay.graph.Attributes.Interpolation;
import dev.inlay.graph.Attributes.Labelling;
import dev.inlay.graph.Attributes.Name;
import dev.inlay.graph.Attributes.None;
import dev.inlay.graph.Attributes.Numbers;
import dev.inlay.graph.Attributes.Order;
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
import java.util.function.BiFunction;

/**
 * The operators, with a row of properties that hold for every backend. The operands have the order
 * that the row's shape rule states, and the attributes are the record that it names. Each backend
 * has its own table of forms.
 */
public enum Operator {
  INPUT(Name.class, Shapes::declared, FOLLOW, VIEW),
  PARAMETER(Name.class, Shapes::declared, FOLLOW, VIEW),
  RAW(Expression.class, Shapes::declared, FULL, VIEW),

  CONV(Sliding.class, Windows::conv, LOW, FRESH, Cost::conv),
  CONV_TRANSPOSE(Sliding.class, Windows::convTranspose, LOW, FRESH, Cost::convTranspose),
  MAX_POOL(Pooling.class, Windows::maxPool, FOLLOW, FRESH),
  AVG_POOL(Pooling.class, Windows::avgPool, FOLLOW, FRESH),
  ADAPTIVE_AVG_POOL(Sizes.class, Shapes::toSize, FOLLOW, FRESH),
  RESIZE(Interpolation.class, Shapes::interpolated, FOLLOW, FRESH),
  RESIZE_NEAREST(Sizes.class, Shapes::toSize, FOLLOW, FRESH),
  PIXEL_SHUFFLE(Count.class, Shapes::pixelShuffle, FOLLOW, VIEW),
  PIXEL_UNSHUFFLE(Count.class, Shapes::pixelUnshuffle, FOLLOW, VIEW),
  PAD(Padding.class, Shapes::pad, FOLLOW, VIEW),

  BATCH_NORM(Attributes.BatchNorm.class, Norms::batch, FOLLOW, FRESH),
  GROUP_NORM(Attributes.GroupNorm.class, Norms::group, FULL, FRESH),
  LAYER_NORM(Attributes.LayerNorm.class, Norms::layer, FULL, FRESH),

  RELU(None.class, Shapes::same, FOLLOW, REUSES),
  LEAKY_RELU(Scalar.class, Shapes::asFloat, FOLLOW, FRESH),
  PRELU(None.class, Shapes::prelu, FOLLOW, FRESH),
  SIGMOID(None.class, Shapes::asFloat, FOLLOW, KEPT),
  TANH(None.class, Shapes::asFloat, FOLLOW, KEPT),
  EXP(None.class, Shapes::asFloat, FULL, KEPT),
  LOG(None.class, Shapes::asFloat, FULL, KEPT),
  SQRT(None.class, Shapes::asFloat, FULL, KEPT),
  RSQRT(None.class, Shapes::asFloat, FULL, KEPT),
  ABS(None.class, Shapes::same, FOLLOW, KEPT),
  POW(Scalar.class, Shapes::asFloat, FULL, KEPT),
  DROPOUT(Probability.class, Shapes::same, FOLLOW, VIEW),
  CHANNEL_DROPOUT(Probability.class, Shapes::same, FOLLOW, VIEW),
  ADD(Second.class, Shapes::binary, FOLLOW, REUSES),
  SUB(Second.class, Shapes::binary, FOLLOW, FRESH),
  MUL(Second.class, Shapes::binary, FOLLOW, FRESH),
  DIV(Second.class, Shapes::quotient, FOLLOW, KEPT),
  DIV_BY_SIZE(Power.class, Shapes::asFloat, FULL, KEPT),
  MAXIMUM(None.class, Shapes::binary, FOLLOW, KEPT),
  AT_LEAST(Scalar.class, Shapes::binary, FOLLOW, KEPT),
  EQUAL(Second.class, Shapes::comparison, FULL, KEPT),
  GREATER(Second.class, Shapes::comparison, FULL, KEPT),
  GREATER_OR_EQUAL(Second.class, Shapes::comparison, FULL, KEPT),
  LESS(Second.class, Shapes::comparison, FULL, KEPT),
  LESS_OR_EQUAL(Second.class, Shapes::comparison, FULL, KEPT),
  NOT(None.class, Shapes::truth, FOLLOW, KEPT),
  MASKED_FILL(Scalar.class, Shapes::maskedFill, FOLLOW, KEPT),
  WHERE(None.class, Shapes::where, FOLLOW, KEPT),
  CAST(Attributes.Element.class, Shapes::same, FOLLOW, FRESH),
  AS_FLOAT(None.class, Shapes::asFloat, FULL, VIEW),
  DETACH(None.class, Shapes::same, FOLLOW, VIEW),
  CHANNELS_LAST(None.class, Shapes::same, FOLLOW, VIEW),
  NORMALIZE(None.class, Shapes::normalized, FULL, FRESH),

  MATMUL(None.class, Products::matmul, LOW, FRESH, Cost::matmul),
  EINSUM(Equation.class, Products::einsum, LOW, VIEW, Cost::einsum),
  SPARED(Spared.class, Shapes::same, FULL, VIEW, Cost::spared),

  SOFTMAX(Axis.class, Shapes::alongAxis, FULL, KEPT),
  LOG_SOFTMAX(Axis.class, Shapes::alongAxis, FULL, KEPT),
  MEAN(Axes.class, Shapes::reduce, FULL, KEPT),
  SUM(Axes.class, Shapes::sum, FULL, KEPT),
  MAX(Axes.class, Shapes::reduce, FULL, KEPT),
  MIN(Axes.class, Shapes::reduce, FULL, KEPT),
  ARGMAX(Axis.class, Shapes::argmax, FULL, KEPT),
  CUMSUM(Axis.class, Shapes::cumsum, FULL, KEPT),
  ARGSORT(Order.class, Shapes::argsort, FULL, KEPT),
  GATHER(Axis.class, Shapes::gather, FOLLOW, KEPT),

  RESHAPE(Sizes.class, Shapes::reshape, FOLLOW, VIEW),
  PERMUTE(Axes.class, Shapes::permute, FOLLOW, VIEW),
  EXPAND(Sizes.class, Shapes::expand, FOLLOW, VIEW),
  SLICE(Span.class, Shapes::slice, FOLLOW, VIEW),
  CONCAT(Axis.class, Shapes::concat, FOLLOW, FRESH),
  ONE_HOT(Count.class, Labels::oneHot, FULL, VIEW),
  DIAGONAL(Sizes.class, Labels::diagonal, FULL, VIEW),
  RANGE(Sizes.class, Labels::range, FULL, VIEW),
  VECTOR(Numbers.class, Labels::vector, FULL, KEPT),

  CROSS_ENTROPY(Ignored.class, Labels::crossEntropy, FULL, KEPT),
  PIXEL_CROSS_ENTROPY(Ignored.class, Labels::pixelCrossEntropy, FULL, KEPT),
  BINARY_CROSS_ENTROPY(None.class, Labels::binaryCrossEntropy, FULL, KEPT),
  COUNT_UNLESS(Ignored.class, Labels::count, FULL, KEPT),
  PRESENT(Labelling.class, Labels::present, FULL, KEPT),
  CONFUSION(Labelling.class, Labels::confusion, FULL, KEPT);

  /** The shape of a result from operands and attributes, or an error if the operands do not fit. */
  interface ShapeRule<A extends Attributes> extends BiFunction<Operands, A, Shape> {}

  /** The cost of a result of this shape. */
  interface CostRule<A extends Attributes> {
    Cost cost(Operands operands, A attributes, Shape result);
  }

  /** The memory of a result. */
  public enum Memory {
    /** The result may share its operand's memory. */
    VIEW,
    /** The result has its own memory, which the operator's gradient reads. */
    KEPT,
    /** The result has its own memory, which only its users read. */
    FRESH,
    /** {@link #FRESH}; the operator can also write to its first operand's memory. */
    REUSES
  }

  private final Row<?> row;
  private final Precision precision;
  private final Memory memory;

  /** The rules of a row, with a common type of attributes. */
  private record Row<A extends Attributes>(Class<A> type, ShapeRule<A> shape, CostRule<A> cost) {

    Shape shape(Operands operands, Attributes attributes) {
      return shape.apply(operands, type.cast(attributes));
    }

    Cost cost(Operands operands, Attributes attributes, Shape result) {
      return cost.cost(operands, type.cast(attributes), result);
    }
  }

  <A extends Attributes> Operator(
      Class<A> attributes, ShapeRule<A> shape, Precision precision, Memory memory) {
    this(attributes, shape, precision, memory, Cost::free);
  }

  <A extends Attributes> Operator(
      Class<A> attributes,
      ShapeRule<A> shape,
      Precision precision,
      Memory memory,
      CostRule<A> cost) {
    this.row = new Row<>(attributes, shape, cost);
    this.precision = precision;
    this.memory = memory;
  }

  /** The type of its nodes' attributes. */
  public Class<? extends Attributes> attributes() {
    return row.type();
  }

  public Precision precision() {
    return precision;
  }

  /** Whether it can write its result to its first operand's memory. */
  public boolean writesInPlace() {
    return memory == REUSES;
  }

  /** Whether the result may share its first operand's memory. */
  public boolean mayShareMemory() {
    return memory == VIEW;
  }

  /** Whether a user may overwrite the result: it has its own memory, and no gradient reads it. */
  public boolean isOverwritable() {
    return memory == FRESH || this == ADD;
  }

  Shape shape(Operands operands, Attributes attributes) {
    return row.shape(operands, attributes);
  }

  Cost cost(Operands operands, Attributes attributes, Shape result) {
    return row.cost(operands, attributes, result);
  }
}
