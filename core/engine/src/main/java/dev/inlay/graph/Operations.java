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

/**
 * How what an author calls becomes an operation: each method only puts the arguments in the order
 * of the engine's function.
 */
abstract class Operations implements Tensor {

  private static final int FLOAT32 = 6;

  /** An operation of the table. */
  abstract Node operation(Operator operator, @Nullable Object... arguments);

  /** An expression whose shape the author vouches for. */
  abstract Node declared(List<Object> expression, Type type, List<Dim> shape);

  // Convolution, pooling, resampling

  @Override
  public Tensor conv(Tensor weight, @Nullable Tensor bias, Window w, Dim groups) {
    return operation(Operator.CONV, this, weight, bias, strides(w), pads(w), dilations(w), groups);
  }

  @Override
  public Tensor convTranspose(Tensor weight, @Nullable Tensor bias, Window w) {
    return operation(
        Operator.CONV_TRANSPOSE,
        this,
        weight,
        bias,
        strides(w),
        pads(w),
        List.of(0, 0),
        Dim.of(w.groups()),
        dilations(w));
  }

  @Override
  public Tensor maxPool(Window w) {
    return operation(Operator.MAX_POOL, this, kernel(w), strides(w), pads(w), dilations(w), false);
  }

  @Override
  public Tensor avgPool(Window w, boolean ceil) {
    boolean countPadding = false;
    return operation(
        Operator.AVG_POOL, this, kernel(w), strides(w), pads(w), ceil, countPadding, null);
  }

  @Override
  public Tensor adaptiveAvgPool(Dim rows, Dim columns) {
    return operation(Operator.ADAPTIVE_AVG_POOL, this, List.of(rows, columns));
  }

  @Override
  public Tensor resize(Dim height, Dim width, boolean alignCorners) {
    return operation(Operator.RESIZE, this, List.of(height, width), alignCorners);
  }

  @Override
  public Tensor resizeNearest(Dim height, Dim width) {
    return operation(Operator.RESIZE_NEAREST, this, List.of(height, width));
  }

  @Override
  public Tensor pixelShuffle(int factor) {
    return operation(Operator.PIXEL_SHUFFLE, this, factor);
  }

  @Override
  public Tensor pad(Dim left, Dim right, Dim top, Dim bottom) {
    return operation(Operator.PAD, this, List.of(left, right, top, bottom), 0);
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

  // Normalisation

  @Override
  public Tensor batchNorm(
      Tensor weight, Tensor bias, Tensor mean, Tensor variance, double momentum, double epsilon) {
    return operation(
        Operator.BATCH_NORM,
        this,
        weight,
        bias,
        mean,
        variance,
        Training.FLAG,
        momentum,
        epsilon,
        true);
  }

  @Override
  public Tensor groupNorm(int groups, Tensor weight, Tensor bias, double epsilon) {
    return operation(Operator.GROUP_NORM, this, groups, weight, bias, epsilon, true);
  }

  @Override
  public Tensor layerNorm(Tensor weight, Tensor bias, double epsilon) {
    return operation(Operator.LAYER_NORM, this, weight.shape(), weight, bias, epsilon, true);
  }

  // Element by element

  @Override
  public Tensor relu() {
    return operation(Operator.RELU, this);
  }

  @Override
  public Tensor sigmoid() {
    return operation(Operator.SIGMOID, this);
  }

  @Override
  public Tensor tanh() {
    return operation(Operator.TANH, this);
  }

  @Override
  public Tensor exp() {
    return operation(Operator.EXP, this);
  }

  @Override
  public Tensor log() {
    return operation(Operator.LOG, this);
  }

  @Override
  public Tensor sqrt() {
    return operation(Operator.SQRT, this);
  }

  @Override
  public Tensor rsqrt() {
    return operation(Operator.RSQRT, this);
  }

  @Override
  public Tensor abs() {
    return operation(Operator.ABS, this);
  }

  @Override
  public Tensor dropout(double probability) {
    return operation(Operator.DROPOUT, this, probability, Training.FLAG);
  }

  @Override
  public Tensor channelDropout(double probability) {
    return operation(Operator.CHANNEL_DROPOUT, this, probability, Training.FLAG);
  }

  @Override
  public Tensor add(Tensor other) {
    return operation(Operator.ADD, this, other);
  }

  @Override
  public Tensor add(double other) {
    return operation(Operator.ADD, this, number(other));
  }

  @Override
  public Tensor sub(Tensor other) {
    return operation(Operator.SUB, this, other);
  }

  @Override
  public Tensor sub(double other) {
    return operation(Operator.SUB, this, number(other));
  }

  @Override
  public Tensor mul(Tensor other) {
    return operation(Operator.MUL, this, other);
  }

  @Override
  public Tensor mul(double other) {
    return operation(Operator.MUL, this, number(other));
  }

  @Override
  public Tensor div(Tensor other) {
    return operation(Operator.DIV, this, other);
  }

  @Override
  public Tensor div(double other) {
    return operation(Operator.DIV, this, number(other));
  }

  @Override
  public Tensor maximum(Tensor other) {
    return operation(Operator.MAXIMUM, this, other);
  }

  @Override
  public Tensor atLeast(double least) {
    return operation(Operator.AT_LEAST, this, number(least));
  }

  @Override
  public Tensor equalTo(Tensor other) {
    return operation(Operator.EQUAL, this, other);
  }

  @Override
  public Tensor greaterThan(double other) {
    return operation(Operator.GREATER, this, number(other));
  }

  @Override
  public Tensor not() {
    return operation(Operator.NOT, this);
  }

  @Override
  public Tensor maskedFill(Tensor mask, double value) {
    return operation(Operator.MASKED_FILL, this, mask, value);
  }

  @Override
  public Tensor asFloat() {
    return operation(Operator.AS_FLOAT, this, FLOAT32);
  }

  @Override
  public Tensor detach() {
    return operation(Operator.DETACH, this);
  }

  /** Whole numbers stay whole beside whole numbers; the engine would widen them. */
  private Object number(double value) {
    return type() == Type.INTEGER && value == Math.rint(value) ? (Object) (long) value : value;
  }

  // Products, reductions

  @Override
  public Tensor matmul(Tensor other) {
    return operation(Operator.MATMUL, this, other);
  }

  @Override
  public Tensor einsum(String equation, Tensor... others) {
    List<Tensor> operands = new ArrayList<>(List.of(this));
    operands.addAll(List.of(others));
    return operation(Operator.EINSUM, new Literal(equation), operands);
  }

  @Override
  public Tensor softmax(int axis) {
    return operation(Operator.SOFTMAX, this, axis);
  }

  @Override
  public Tensor logSoftmax(int axis) {
    return operation(Operator.LOG_SOFTMAX, this, axis);
  }

  @Override
  public Tensor mean(int... axes) {
    return operation(Operator.MEAN, this, list(axes), true);
  }

  @Override
  public Tensor sum(int... axes) {
    return operation(Operator.SUM, this, list(axes), true);
  }

  @Override
  public Tensor max(int... axes) {
    return operation(Operator.MAX, this, list(axes), true);
  }

  @Override
  public Tensor argmax(int axis) {
    return operation(Operator.ARGMAX, this, axis, true);
  }

  private static List<Integer> list(int... values) {
    return IntStream.of(values).boxed().toList();
  }

  // Shape

  @Override
  public Tensor reshape(Object... sizes) {
    return operation(Operator.RESHAPE, this, dims(sizes));
  }

  @Override
  public Tensor permute(int... order) {
    return operation(Operator.PERMUTE, this, list(order));
  }

  @Override
  public Tensor expand(Object... sizes) {
    return operation(Operator.EXPAND, this, dims(sizes));
  }

  @Override
  public Tensor slice(int axis, Dim from, Dim to) {
    return operation(Operator.SLICE, this, axis, from, to, 1);
  }

  @Override
  public Tensor concat(int axis, List<Tensor> others) {
    List<Tensor> all = new ArrayList<>(List.of(this));
    all.addAll(others);
    return operation(Operator.CONCAT, all, axis);
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
              throw new InlayException("a size is a number or a Dim, got " + size);
            })
        .toList();
  }

  @Override
  public Tensor oneHot(int classes) {
    String expression =
        "torch.to(torch.permute(torch.one_hot(torch.squeeze($0, 1), "
            + classes
            + "), [0, 3, 1, 2]), 11)";
    return raw(expression, Type.BOOLEAN, List.of(batch(), Dim.of(classes), height(), width()));
  }

  @Override
  public Tensor diagonal(Dim n) {
    String expression =
        "torch.eye(" + n + ", dtype=11, layout=None, device=ops.prim.device($0), pin_memory=None)";
    return raw(expression, Type.BOOLEAN, List.of(n, n));
  }

  // Losses

  @Override
  public Tensor crossEntropy(Tensor labels, int ignore) {
    int sumOfPixels = 2;
    Tensor sum = operation(Operator.CROSS_ENTROPY, this, labels, null, sumOfPixels, ignore);
    Tensor counted =
        labels.raw(
            "torch.clamp_min(torch.sum(torch.ne($0, " + ignore + ")), 1)", Type.INTEGER, List.of());
    return sum.div(counted);
  }

  @Override
  public Tensor binaryCrossEntropy(Tensor targets) {
    int mean = 1;
    return operation(Operator.BINARY_CROSS_ENTROPY, this, targets, null, null, mean);
  }

  @Override
  public Tensor raw(String expression, Type type, List<Dim> shape, Tensor... others) {
    List<Object> all = new ArrayList<>(List.of(new Literal(expression), this));
    all.addAll(List.of(others));
    return declared(all, type, shape);
  }
}
