package dev.inlay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A described value: what an operation on other values makes, with its shape. Nothing is computed
 * here; a shape that does not fit is refused here, with the stage and the author's line.
 *
 * <p>Axes count from 0; negative ones from the last. A size that may be an {@code Object} is an
 * {@code Integer}, a {@code Long} or a {@link Dim}.
 */
public interface Tensor {

  /** What the elements are. */
  enum Type {
    FLOAT,
    INTEGER,
    BOOLEAN
  }

  // What it is

  Type type();

  List<Dim> shape();

  default int rank() {
    return shape().size();
  }

  /** The size of an axis. */
  Dim dim(int axis);

  /** The size of the batch: axis 0. */
  default Dim batch() {
    return dim(0);
  }

  /** The number of channels, axis 1, which must not depend on the image. */
  default int channels() {
    return (int) dim(1).value();
  }

  /** The size of axis 2 of (B,C,H,W). */
  default Dim height() {
    return dim(2);
  }

  /** The size of axis 3 of (B,C,H,W). */
  default Dim width() {
    return dim(3);
  }

  // Convolution, pooling and resampling of (B,C,H,W)

  /** Convolution with a weight (out, C/groups, kh, kw), which may itself be computed. */
  default Tensor conv(Tensor weight, @Nullable Tensor bias, Window window) {
    return conv(weight, bias, window, Dim.of(window.groups()));
  }

  /** Convolution in groups whose number may depend on the batch. */
  Tensor conv(Tensor weight, @Nullable Tensor bias, Window window, Dim groups);

  /** Transposed convolution with a weight (C, out/groups, kh, kw). */
  Tensor convTranspose(Tensor weight, @Nullable Tensor bias, Window window);

  /** The largest value in each window; padding never wins. */
  Tensor maxPool(Window window);

  /**
   * The mean of each window, of the pixels inside the map alone; {@code ceil} keeps ragged ends.
   */
  Tensor avgPool(Window window, boolean ceil);

  /** Means over a grid of (rows, columns) bins; bin i spans floor(i*H/n) to ceil((i+1)*H/n). */
  Tensor adaptiveAvgPool(Dim rows, Dim columns);

  /** {@link #adaptiveAvgPool(Dim, Dim)} to a fixed grid. */
  default Tensor adaptiveAvgPool(int rows, int columns) {
    return adaptiveAvgPool(Dim.of(rows), Dim.of(columns));
  }

  /** Bilinear interpolation to a size, with or without the corner pixels' centres aligned. */
  Tensor resize(Dim height, Dim width, boolean alignCorners);

  /** Bilinear interpolation to another map's size. */
  default Tensor resizeTo(Tensor like, boolean alignCorners) {
    return resize(like.height(), like.width(), alignCorners);
  }

  /** The nearest pixel, to a size. */
  Tensor resizeNearest(Dim height, Dim width);

  /** (B, C*r*r, H, W) to (B, C, H*r, W*r): sub-pixel convolution's rearrangement. */
  Tensor pixelShuffle(int factor);

  /** Adds zero rows and columns. */
  Tensor pad(Dim left, Dim right, Dim top, Dim bottom);

  /** Adds a fixed number of zero rows and columns. */
  default Tensor pad(int left, int right, int top, int bottom) {
    return pad(Dim.of(left), Dim.of(right), Dim.of(top), Dim.of(bottom));
  }

  // Normalisation

  /**
   * Batch normalisation over axis 1. While training it uses the batch's statistics and moves the
   * running ones by {@code momentum}.
   */
  Tensor batchNorm(
      Tensor weight, Tensor bias, Tensor mean, Tensor variance, double momentum, double epsilon);

  /** Group normalisation over axis 1, Wu and He, ECCV 2018. */
  Tensor groupNorm(int groups, Tensor weight, Tensor bias, double epsilon);

  /** Normalisation over the last axes, as many as the weight has. */
  Tensor layerNorm(Tensor weight, Tensor bias, double epsilon);

  // Element by element

  Tensor relu();

  Tensor sigmoid();

  Tensor tanh();

  Tensor exp();

  Tensor log();

  Tensor sqrt();

  Tensor rsqrt();

  Tensor abs();

  /** Drops single elements with this probability while training, and scales up the others. */
  Tensor dropout(double probability);

  /** Drops whole channels with this probability while training, and scales up the others. */
  Tensor channelDropout(double probability);

  Tensor add(Tensor other);

  Tensor add(double other);

  Tensor sub(Tensor other);

  Tensor sub(double other);

  Tensor mul(Tensor other);

  Tensor mul(double other);

  Tensor div(Tensor other);

  Tensor div(double other);

  /**
   * Divides by a size to a power: with an exponent of 0.5 by its root, as products of so many
   * values are scaled.
   */
  Tensor div(Dim size, double exponent);

  /** The larger of two values. */
  Tensor maximum(Tensor other);

  /** This value, but {@code least} where it is less. */
  Tensor atLeast(double least);

  /** True where equal. */
  Tensor equalTo(Tensor other);

  /** True where equal to a number. */
  Tensor equalTo(double other);

  /** True where greater. */
  Tensor greaterThan(double other);

  /** Swaps true and false. */
  Tensor not();

  /** This value, but {@code value} where the mask is true. */
  Tensor maskedFill(Tensor mask, double value);

  /** The same values as floating-point numbers. */
  Tensor asFloat();

  /** The same values, through which no gradient flows. */
  Tensor detach();

  // Products

  /** The product of matrices (…, n, k) and (…, k, m). */
  Tensor matmul(Tensor other);

  /** Einstein's summation over this and further tensors, as in {@code "bchw,bkhw->bck"}. */
  Tensor einsum(String equation, Tensor... others);

  /**
   * The same values, counted as made with so many multiply-adds fewer: those of products that a
   * mask throws away, where a paper does not count them.
   */
  Tensor sparing(Dim multiplyAdds);

  // Softmax and reductions, which keep the axis with size 1

  Tensor softmax(int axis);

  Tensor logSoftmax(int axis);

  Tensor mean(int... axes);

  Tensor sum(int... axes);

  Tensor max(int... axes);

  /** The place of the largest value. */
  Tensor argmax(int axis);

  // Shape

  /** The same values in row-major order under another shape. */
  Tensor reshape(Object... sizes);

  /** A map (B,C,H,W) as (B,C,H*W): one vector for each pixel. */
  default Tensor flat() {
    return reshape(batch(), dim(1), height().times(width()));
  }

  Tensor permute(int... order);

  /** Repeats axes of size 1 to these sizes, without copying. */
  Tensor expand(Object... sizes);

  /** The positions from {@code from} (included) to {@code to} (excluded) of an axis. */
  Tensor slice(int axis, Dim from, Dim to);

  /** {@link #slice(int, Dim, Dim)} at fixed positions. */
  default Tensor slice(int axis, int from, int to) {
    return slice(axis, Dim.of(from), Dim.of(to));
  }

  /** This tensor followed by others along an axis. */
  Tensor concat(int axis, List<Tensor> others);

  /** Tensors one after the other along axis 1. */
  static Tensor concat(Tensor first, Tensor... others) {
    return first.concat(1, List.of(others));
  }

  /** Tensors one after the other along axis 1. */
  static Tensor concat(List<Tensor> tensors) {
    return tensors.get(0).concat(1, tensors.subList(1, tensors.size()));
  }

  /** Class ids (B,1,H,W) to truth values (B,classes,H,W). */
  Tensor oneHot(int classes);

  /** Truth values (n,n), true on the diagonal, on this tensor's device. */
  Tensor diagonal(Dim n);

  // Losses and labels

  /**
   * The mean cross-entropy of logits (B,K,H,W) against ids (B,H,W), over the pixels whose id is not
   * {@code ignore}.
   */
  Tensor crossEntropy(Tensor labels, int ignore);

  /** The mean binary cross-entropy of logits against targets of the same shape. */
  Tensor binaryCrossEntropy(Tensor targets);

  /** How many of these ids are not {@code label}: a whole number without axes. */
  Tensor countUnless(int label);

  /**
   * Which classes occur: for labels (B,H,W), (B,classes) with 1 where a pixel has the class's id,
   * else 0. Ids are less than {@code classes}, or {@code ignore}.
   */
  Tensor present(int classes, int ignore);

  /**
   * How often class i of the labels (B,H,W) has the largest of these logits (B,K,H,W) in class j:
   * at place i K + j of K K whole numbers, over the pixels whose id is not {@code ignore}.
   */
  Tensor confusion(Tensor labels, int ignore);

  /**
   * An expression of the engine over {@code $0} (this), {@code $1}, … for what has no method here.
   * The author vouches for the shape.
   */
  Tensor raw(String expression, Type type, List<Dim> shape, Tensor... others);
}
