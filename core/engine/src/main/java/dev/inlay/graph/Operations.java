package dev.inlay.graph;

import dev.inlay.Dim;
import dev.inlay.InlayException;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The operation and attributes for each method of the author's API. */
abstract class Operations implements Tensor {

  private static final Attributes NONE = new Attributes.None();

  /** A node of an operator. */
  abstract Node operation(Operator operator, Attributes attributes, List<? extends Tensor> on);

  /** A raw expression, whose shape the author declares. */
  abstract Node declared(
      String expression, Type type, List<Dim> shape, List<? extends Tensor> operands);

  /** An operation on this value alone. */
  private Node on(Operator operator, Attributes attributes) {
    return operation(operator, attributes, List.of(this));
  }

  private Node on(Operator operator) {
    return on(operator, NONE);
  }

  /** An operation on this value and others. */
  private Node with(Operator operator, Attributes attributes, Tensor... others) {
    return operation(operator, attributes, following(List.of(others)));
  }

  private Node with(Operator operator, Tensor other) {
    return with(operator, NONE, other);
  }

  private List<Tensor> following(List<Tensor> others) {
    List<Tensor> all = new ArrayList<>(List.of(this));
    all.addAll(others);
    return all;
  }

  // Convolution, pooling, resampling

  @Override
  public Tensor conv(Tensor weight, @Nullable Tensor bias, Window window, Dim groups) {
    return slid(Operator.CONV, weight, bias, new Attributes.Sliding(window, groups));
  }

  @Override
  public Tensor convTranspose(Tensor weight, @Nullable Tensor bias, Window window) {
    Dim groups = Dim.of(window.groups());
    return slid(Operator.CONV_TRANSPOSE, weight, bias, new Attributes.Sliding(window, groups));
  }

  private Node slid(
      Operator operator, Tensor weight, @Nullable Tensor bias, Attributes.Sliding how) {
    return bias == null ? with(operator, how, weight) : with(operator, how, weight, bias);
  }

  @Override
  public Tensor maxPool(Window window) {
    return on(Operator.MAX_POOL, new Attributes.Pooling(window, false));
  }

  @Override
  public Tensor avgPool(Window window, boolean ceil) {
    return on(Operator.AVG_POOL, new Attributes.Pooling(window, ceil));
  }

  @Override
  public Tensor adaptiveAvgPool(Dim rows, Dim columns) {
    return on(Operator.ADAPTIVE_AVG_POOL, new Attributes.Sizes(List.of(rows, columns)));
  }

  @Override
  public Tensor resize(Dim height, Dim width, boolean alignCorners) {
    return on(Operator.RESIZE, new Attributes.Interpolation(height, width, alignCorners));
  }

  @Override
  public Tensor resizeNearest(Dim height, Dim width) {
    return on(Operator.RESIZE_NEAREST, new Attributes.Sizes(List.of(height, width)));
  }

  @Override
  public Tensor pixelShuffle(int factor) {
    return on(Operator.PIXEL_SHUFFLE, new Attributes.Count(factor));
  }

  @Override
  public Tensor pixelUnshuffle(int factor) {
    return on(Operator.PIXEL_UNSHUFFLE, new Attributes.Count(factor));
  }

  @Override
  public Tensor pad(Dim left, Dim right, Dim top, Dim bottom) {
    return on(Operator.PAD, new Attributes.Padding(left, right, top, bottom));
  }

  // Normalisation

  @Override
  public Tensor batchNorm(
      Tensor weight, Tensor bias, Tensor mean, Tensor variance, double momentum, double epsilon) {
    Attributes how = new Attributes.BatchNorm(momentum, epsilon, false);
    return with(Operator.BATCH_NORM, how, weight, bias, mean, variance);
  }

  @Override
  public Tensor groupNorm(int groups, Tensor weight, Tensor bias, double epsilon) {
    return with(Operator.GROUP_NORM, new Attributes.GroupNorm(groups, epsilon), weight, bias);
  }

  @Override
  public Tensor layerNorm(Tensor weight, Tensor bias, double epsilon) {
    return with(Operator.LAYER_NORM, new Attributes.LayerNorm(epsilon), weight, bias);
  }

  // Element by element

  @Override
  public Tensor relu() {
    return on(Operator.RELU);
  }

  @Override
  public Tensor leakyRelu(double slope) {
    return on(Operator.LEAKY_RELU, new Attributes.Scalar(slope));
  }

  @Override
  public Tensor prelu(Tensor slope) {
    return with(Operator.PRELU, slope);
  }

  @Override
  public Tensor sigmoid() {
    return on(Operator.SIGMOID);
  }

  @Override
  public Tensor tanh() {
    return on(Operator.TANH);
  }

  @Override
  public Tensor exp() {
    return on(Operator.EXP);
  }

  @Override
  public Tensor log() {
    return on(Operator.LOG);
  }

  @Override
  public Tensor sqrt() {
    return on(Operator.SQRT);
  }

  @Override
  public Tensor rsqrt() {
    return on(Operator.RSQRT);
  }

  @Override
  public Tensor abs() {
    return on(Operator.ABS);
  }

  @Override
  public Tensor pow(double exponent) {
    return on(Operator.POW, new Attributes.Scalar(exponent));
  }

  @Override
  public Tensor dropout(double probability) {
    return on(Operator.DROPOUT, new Attributes.Probability(probability));
  }

  @Override
  public Tensor channelDropout(double probability) {
    return on(Operator.CHANNEL_DROPOUT, new Attributes.Probability(probability));
  }

  @Override
  public Tensor plus(Tensor other) {
    return with(Operator.ADD, other);
  }

  @Override
  public Tensor plus(Number other) {
    return on(Operator.ADD, number(other.doubleValue()));
  }

  @Override
  public Tensor minus(Tensor other) {
    return with(Operator.SUB, other);
  }

  @Override
  public Tensor minus(Number other) {
    return on(Operator.SUB, number(other.doubleValue()));
  }

  @Override
  public Tensor times(Tensor other) {
    return with(Operator.MUL, other);
  }

  @Override
  public Tensor times(Number other) {
    return on(Operator.MUL, number(other.doubleValue()));
  }

  @Override
  public Tensor div(Tensor other) {
    return with(Operator.DIV, other);
  }

  @Override
  public Tensor div(Number other) {
    return on(Operator.DIV, number(other.doubleValue()));
  }

  @Override
  public Tensor div(Dim size, double exponent) {
    return on(Operator.DIV_BY_SIZE, new Attributes.Power(size, exponent));
  }

  @Override
  public Tensor maximum(Tensor other) {
    return with(Operator.MAXIMUM, other);
  }

  @Override
  public Tensor atLeast(double least) {
    return on(Operator.AT_LEAST, number(least));
  }

  @Override
  public Tensor equalTo(Tensor other) {
    return with(Operator.EQUAL, other);
  }

  @Override
  public Tensor equalTo(double other) {
    return on(Operator.EQUAL, number(other));
  }

  @Override
  public Tensor greaterThan(Tensor other) {
    return with(Operator.GREATER, other);
  }

  @Override
  public Tensor greaterThan(double other) {
    return on(Operator.GREATER, number(other));
  }

  @Override
  public Tensor greaterOrEqual(Tensor other) {
    return with(Operator.GREATER_OR_EQUAL, other);
  }

  @Override
  public Tensor greaterOrEqual(double other) {
    return on(Operator.GREATER_OR_EQUAL, number(other));
  }

  @Override
  public Tensor lessThan(Tensor other) {
    return with(Operator.LESS, other);
  }

  @Override
  public Tensor lessThan(double other) {
    return on(Operator.LESS, number(other));
  }

  @Override
  public Tensor lessOrEqual(Tensor other) {
    return with(Operator.LESS_OR_EQUAL, other);
  }

  @Override
  public Tensor lessOrEqual(double other) {
    return on(Operator.LESS_OR_EQUAL, number(other));
  }

  @Override
  public Tensor not() {
    return on(Operator.NOT);
  }

  @Override
  public Tensor maskedFill(Tensor mask, double value) {
    return with(Operator.MASKED_FILL, new Attributes.Scalar(value), mask);
  }

  @Override
  public Tensor where(Tensor condition, Tensor otherwise) {
    return with(Operator.WHERE, NONE, condition, otherwise);
  }

  @Override
  public Tensor asFloat() {
    return on(Operator.AS_FLOAT);
  }

  @Override
  public Tensor detach() {
    return on(Operator.DETACH);
  }

  /** A whole number for whole operands, because the engine would convert them otherwise. */
  private Attributes number(double value) {
    boolean whole = type() == Type.INTEGER && value == Math.rint(value);
    return whole ? new Attributes.Scalar((long) value) : new Attributes.Scalar(value);
  }

  // Products, reductions

  @Override
  public Tensor matmul(Tensor other) {
    return with(Operator.MATMUL, other);
  }

  @Override
  public Tensor einsum(String equation, Tensor... others) {
    return with(Operator.EINSUM, new Attributes.Equation(equation), others);
  }

  @Override
  public Tensor sparing(Dim multiplyAdds) {
    return on(Operator.SPARED, new Attributes.Spared(multiplyAdds));
  }

  @Override
  public Tensor softmax(int axis) {
    return on(Operator.SOFTMAX, new Attributes.Axis(axis));
  }

  @Override
  public Tensor logSoftmax(int axis) {
    return on(Operator.LOG_SOFTMAX, new Attributes.Axis(axis));
  }

  @Override
  public Tensor mean(int... axes) {
    return on(Operator.MEAN, axes(axes));
  }

  @Override
  public Tensor sum(int... axes) {
    return on(Operator.SUM, axes(axes));
  }

  @Override
  public Tensor max(int... axes) {
    return on(Operator.MAX, axes(axes));
  }

  @Override
  public Tensor min(int... axes) {
    return on(Operator.MIN, axes(axes));
  }

  @Override
  public Tensor argmax(int axis) {
    return on(Operator.ARGMAX, new Attributes.Axis(axis));
  }

  @Override
  public Tensor cumsum(int axis) {
    return on(Operator.CUMSUM, new Attributes.Axis(axis));
  }

  @Override
  public Tensor argsort(int axis, boolean descending) {
    return on(Operator.ARGSORT, new Attributes.Order(axis, descending));
  }

  @Override
  public Tensor gather(int axis, Tensor positions) {
    return with(Operator.GATHER, new Attributes.Axis(axis), positions);
  }

  private static Attributes axes(int... axes) {
    return new Attributes.Axes(IntStream.of(axes).boxed().toList());
  }

  // Shape

  @Override
  public Tensor reshape(Object... sizes) {
    return on(Operator.RESHAPE, new Attributes.Sizes(dims(sizes)));
  }

  @Override
  public Tensor permute(int... order) {
    return on(Operator.PERMUTE, axes(order));
  }

  @Override
  public Tensor expand(Object... sizes) {
    return on(Operator.EXPAND, new Attributes.Sizes(dims(sizes)));
  }

  @Override
  public Tensor slice(int axis, Dim from, Dim to) {
    return on(Operator.SLICE, new Attributes.Span(axis, from, to));
  }

  @Override
  public Tensor concat(int axis, List<Tensor> others) {
    return operation(Operator.CONCAT, new Attributes.Axis(axis), following(others));
  }

  private static List<Dim> dims(Object... sizes) {
    return Arrays.stream(sizes)
        .map(
            size -> {
              if (size instanceof Dim dim) {
                return dim;
              }
              if (size instanceof Number number) {
                return Dim.of(number.longValue());
              }
              throw new InlayException("a size must be a number or a Dim, got " + size);
            })
        .toList();
  }

  @Override
  public Tensor oneHot(int classes) {
    return on(Operator.ONE_HOT, new Attributes.Count(classes));
  }

  @Override
  public Tensor diagonal(Dim n) {
    return on(Operator.DIAGONAL, new Attributes.Sizes(List.of(n, n)));
  }

  @Override
  public Tensor range(Dim n) {
    return on(Operator.RANGE, new Attributes.Sizes(List.of(n)));
  }

  @Override
  public Tensor vector(List<Double> numbers) {
    return on(Operator.VECTOR, new Attributes.Numbers(numbers));
  }

  // Losses and labels

  @Override
  public Tensor pixelCrossEntropy(Tensor labels, int ignore) {
    return with(Operator.PIXEL_CROSS_ENTROPY, new Attributes.Ignored(ignore), labels);
  }

  @Override
  public Tensor crossEntropy(Tensor labels, int ignore) {
    Tensor sum = with(Operator.CROSS_ENTROPY, new Attributes.Ignored(ignore), labels);
    return sum.div(labels.countUnless(ignore).atLeast(1));
  }

  @Override
  public Tensor binaryCrossEntropy(Tensor targets) {
    return with(Operator.BINARY_CROSS_ENTROPY, targets);
  }

  @Override
  public Tensor countUnless(int label) {
    return on(Operator.COUNT_UNLESS, new Attributes.Ignored(label));
  }

  @Override
  public Tensor present(int classes, int ignore) {
    return on(Operator.PRESENT, new Attributes.Labelling(classes, ignore));
  }

  @Override
  public Tensor confusion(Tensor labels, int ignore) {
    return with(Operator.CONFUSION, new Attributes.Labelling(channels(), ignore), labels);
  }

  @Override
  public Tensor raw(String expression, Type type, List<Dim> shape, Tensor... others) {
    return declared(expression, type, shape, following(List.of(others)));
  }
}
