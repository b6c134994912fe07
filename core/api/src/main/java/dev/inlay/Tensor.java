package dev.inlay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A described value: the result of an operation on other values, with its shape. A method describes
 * an operation and computes nothing. It throws an {@link InlayException} with the stage and the
 * author's line if the shapes of the operands do not fit.
 *
 * <p>Axes count from 0, negative axes from the last. A size of type {@code Object} is an {@code
 * Integer}, a {@code Long} or a {@link Dim}.
 */
@Provided
public interface Tensor {

  /** The type of a tensor's elements. */
  enum Type {
    FLOAT,
    INTEGER,
    BOOLEAN
  }

  // Type and shape

  /** The type of the elements. */
  Type type();

  /** The size of each axis. */
  List<Dim> shape();

  /** The number of axes. */
  default int rank() {
    return shape().size();
  }

  /** The size of an axis. */
  Dim dim(int axis);

  /** The size of the batch: axis 0. */
  default Dim batch() {
    return dim(0);
  }

  /**
   * The number of channels: axis 1.
   *
   * @throws InlayException if it depends on the image
   */
  default int channels() {
    return (int) dim(1).value();
  }

  /** The height of a map (B,C,H,W): axis 2. */
  default Dim height() {
    return dim(2);
  }

  /** The width of a map (B,C,H,W): axis 3. */
  default Dim width() {
    return dim(3);
  }

  // Convolution, pooling and resampling of (B,C,H,W)

  /** Convolution of (B,C,H,W) with a weight (out, C/groups, kh, kw), stored or computed. */
  default Tensor conv(Tensor weight, @Nullable Tensor bias, Window window) {
    return conv(weight, bias, window, Dim.of(window.groups()));
  }

  /** Convolution with a number of groups that may depend on the batch. */
  Tensor conv(Tensor weight, @Nullable Tensor bias, Window window, Dim groups);

  /** Transposed convolution of (B,C,H,W) with a weight (C, out/groups, kh, kw). */
  Tensor convTranspose(Tensor weight, @Nullable Tensor bias, Window window);

  /** The largest value of each window; padding does not count. */
  Tensor maxPool(Window window);

  /** The mean of each window over the pixels inside the map; {@code ceil} keeps partial windows. */
  Tensor avgPool(Window window, boolean ceil);

  /** Means over a grid of (rows, columns) bins; bin i spans floor(i*H/n) to ceil((i+1)*H/n). */
  Tensor adaptiveAvgPool(Dim rows, Dim columns);

  /** {@link #adaptiveAvgPool(Dim, Dim)} to a fixed grid. */
  default Tensor adaptiveAvgPool(int rows, int columns) {
    return adaptiveAvgPool(Dim.of(rows), Dim.of(columns));
  }

  /** Bilinear interpolation to (B,C,height,width), with or without aligned corners. */
  Tensor resize(Dim height, Dim width, boolean alignCorners);

  /** Bilinear interpolation to the size of another map. */
  default Tensor resizeTo(Tensor like, boolean alignCorners) {
    return resize(like.height(), like.width(), alignCorners);
  }

  /** Nearest-neighbour interpolation to (B,C,height,width). */
  Tensor resizeNearest(Dim height, Dim width);

  /** Pixel shuffle, (B, C*r*r, H, W) to (B, C, H*r, W*r). Shi et al., CVPR 2016, eq. 4. */
  Tensor pixelShuffle(int factor);

  /**
   * The inverse of {@link #pixelShuffle}, (B, C, H*r, W*r) to (B, C*r*r, H, W): each window of r x
   * r pixels becomes the channels of one pixel, in the order channel, row, column.
   */
  Tensor pixelUnshuffle(int factor);

  /** Zero padding: columns left and right, rows top and bottom. */
  Tensor pad(Dim left, Dim right, Dim top, Dim bottom);

  /** Zero padding by fixed numbers of rows and columns. */
  default Tensor pad(int left, int right, int top, int bottom) {
    return pad(Dim.of(left), Dim.of(right), Dim.of(top), Dim.of(bottom));
  }

  // Normalisation

  /**
   * Batch normalisation over axis 1; weight, bias, mean and variance are (C). Training normalises
   * by the batch's statistics and updates the running ones by {@code momentum}. Ioffe and Szegedy,
   * ICML 2015.
   */
  Tensor batchNorm(
      Tensor weight, Tensor bias, Tensor mean, Tensor variance, double momentum, double epsilon);

  /** Group normalisation over axis 1. Wu and He, ECCV 2018. */
  Tensor groupNorm(int groups, Tensor weight, Tensor bias, double epsilon);

  /** Layer normalisation over the last axes, as many as the weight has. Ba et al., 2016. */
  Tensor layerNorm(Tensor weight, Tensor bias, double epsilon);

  // Elementwise

  /** max(x, 0). */
  Tensor relu();

  /** x where it is positive, otherwise slope * x. Maas et al., ICML 2013 workshop. */
  Tensor leakyRelu(double slope);

  /**
   * x where it is positive, otherwise slope * x with a learned slope: one number, or one for each
   * channel (C). He et al., ICCV 2015, eq. 1.
   */
  Tensor prelu(Tensor slope);

  /** 1 / (1 + exp(-x)). */
  Tensor sigmoid();

  /** The hyperbolic tangent. */
  Tensor tanh();

  /** The exponential. */
  Tensor exp();

  /** The natural logarithm. */
  Tensor log();

  /** The square root. */
  Tensor sqrt();

  /** The reciprocal of the square root. */
  Tensor rsqrt();

  /** The absolute value. */
  Tensor abs();

  /** The value to a power, as a floating-point number; NaN for roots of negative numbers. */
  Tensor pow(double exponent);

  /** Dropout: training zeroes elements with this probability and divides the others by 1 - p. */
  Tensor dropout(double probability);

  /** Dropout of whole channels of (B,C,H,W); the others are divided by 1 - p. */
  Tensor channelDropout(double probability);

  // In Kotlin, plus, minus, times and div are the operators +, -, * and /.

  /** The sum; shapes are broadcast. */
  Tensor plus(Tensor other);

  /** The sum with a number. */
  Tensor plus(Number other);

  /** The difference; shapes are broadcast. */
  Tensor minus(Tensor other);

  /** The difference to a number. */
  Tensor minus(Number other);

  /** The product of elements; shapes are broadcast. */
  Tensor times(Tensor other);

  /** The product with a number. */
  Tensor times(Number other);

  /** The quotient of elements; shapes are broadcast. */
  Tensor div(Tensor other);

  /** The quotient by a number. */
  Tensor div(Number other);

  /**
   * Division by a power of a size. An exponent of 0.5 gives scaled dot products. Vaswani et al.,
   * NeurIPS 2017, section 3.2.1.
   */
  Tensor div(Dim size, double exponent);

  /** The elementwise maximum; shapes are broadcast. */
  Tensor maximum(Tensor other);

  /** The elementwise maximum of this value and a number. */
  Tensor atLeast(double least);

  /** True where both values are equal. */
  Tensor equalTo(Tensor other);

  /** True where the value equals a number. */
  Tensor equalTo(double other);

  /** True where this value is greater; shapes are broadcast. */
  Tensor greaterThan(Tensor other);

  /** True where the value is greater than a number. */
  Tensor greaterThan(double other);

  /** True where this value is greater or equal; shapes are broadcast. */
  Tensor greaterOrEqual(Tensor other);

  /** True where the value is greater than a number or equal to it. */
  Tensor greaterOrEqual(double other);

  /** True where this value is less; shapes are broadcast. */
  Tensor lessThan(Tensor other);

  /** True where the value is less than a number. */
  Tensor lessThan(double other);

  /** True where this value is less or equal; shapes are broadcast. */
  Tensor lessOrEqual(Tensor other);

  /** True where the value is less than a number or equal to it. */
  Tensor lessOrEqual(double other);

  /** Logical negation. */
  Tensor not();

  /** {@code value} where the mask is true, this tensor elsewhere. */
  Tensor maskedFill(Tensor mask, double value);

  /**
   * This tensor where the condition is true, the other one elsewhere; shapes are broadcast. Each
   * element's gradient flows to the tensor that it was taken from.
   *
   * @throws InlayException if the condition is not of type BOOLEAN
   */
  Tensor where(Tensor condition, Tensor otherwise);

  /** Conversion to floating-point numbers. */
  Tensor asFloat();

  /** The same values without a gradient. */
  Tensor detach();

  // Products

  /** The matrix product of (…,n,k) and (…,k,m): (…,n,m). */
  Tensor matmul(Tensor other);

  /** Einstein summation of this and further tensors, as in {@code "bchw,bkhw->bck"}. */
  Tensor einsum(String equation, Tensor... others);

  /**
   * The same values at a cost that is lower by a number of multiply-adds: products that a mask
   * discards and that the paper does not count.
   */
  Tensor sparing(Dim multiplyAdds);

  // Softmax and reductions; a reduced axis keeps the size 1

  /** The softmax along an axis. */
  Tensor softmax(int axis);

  /** The logarithm of the softmax along an axis. */
  Tensor logSoftmax(int axis);

  /** The mean over axes; a reduced axis stays, with size 1. */
  Tensor mean(int... axes);

  /** The sum over axes, which stay with size 1; for truth values, the number of true ones. */
  Tensor sum(int... axes);

  /** The maximum over axes; a reduced axis stays, with size 1. */
  Tensor max(int... axes);

  /** The minimum over axes; a reduced axis stays, with size 1. */
  Tensor min(int... axes);

  /** The index of the largest value along an axis. */
  Tensor argmax(int axis);

  /** The sums of the first 1, 2, … values along an axis, which keeps its size. */
  Tensor cumsum(int axis);

  /**
   * The positions of the values along an axis in the order of their size; equal values stay in
   * their order. {@link #gather} with the result sorts the values, with a gradient.
   */
  Tensor argsort(int axis, boolean descending);

  /**
   * The values at positions along an axis, one for each element of {@code positions}.
   *
   * @param positions whole numbers from 0; a tensor of this tensor's shape, except for the axis
   */
  Tensor gather(int axis, Tensor positions);

  // Shape

  /** The same values in row-major order with another shape. */
  Tensor reshape(Object... sizes);

  /** A map (B,C,H,W) as (B,C,H*W): one vector for each pixel. */
  default Tensor flat() {
    return reshape(batch(), dim(1), height().times(width()));
  }

  /** The axes in another order. */
  Tensor permute(int... order);

  /** Repeats axes of size 1 to these sizes, without copying. */
  Tensor expand(Object... sizes);

  /** The positions {@code from} (inclusive) to {@code to} (exclusive) of an axis. */
  Tensor slice(int axis, Dim from, Dim to);

  /** {@link #slice(int, Dim, Dim)} at fixed positions. */
  default Tensor slice(int axis, int from, int to) {
    return slice(axis, Dim.of(from), Dim.of(to));
  }

  /** The concatenation of this tensor and others along an axis. */
  Tensor concat(int axis, List<Tensor> others);

  /** The concatenation of tensors along axis 1. */
  static Tensor concat(Tensor first, Tensor... others) {
    return first.concat(1, List.of(others));
  }

  /** The concatenation of tensors along axis 1. */
  static Tensor concat(List<Tensor> tensors) {
    return tensors.get(0).concat(1, tensors.subList(1, tensors.size()));
  }

  /**
   * The one-hot encoding of class ids (B,1,H,W): truth values (B,classes,H,W). An id that is no
   * class, such as the ignore index or a negative number, is false for every class.
   */
  Tensor oneHot(int classes);

  /** The identity matrix (n,n) as truth values, on this tensor's device. */
  Tensor diagonal(Dim n);

  /** The whole numbers 0 to n - 1 as a vector (n), on this tensor's device. */
  Tensor range(Dim n);

  /** These numbers as a vector (n), on this tensor's device. */
  Tensor vector(List<Double> numbers);

  // Losses and labels

  /**
   * The mean cross-entropy of logits (B,K,H,W) against class ids (B,H,W), without pixels of the
   * ignore index: a scalar.
   */
  Tensor crossEntropy(Tensor labels, int ignore);

  /**
   * The cross-entropy of each pixel's logits (B,K,H,W) against its class id (B,H,W): (B,H,W), 0 at
   * pixels of the ignore index.
   */
  Tensor pixelCrossEntropy(Tensor labels, int ignore);

  /** The mean binary cross-entropy of logits against targets of the same shape: a scalar. */
  Tensor binaryCrossEntropy(Tensor targets);

  /** The mask of pixels that have no class: true where one of these labels is the ignore index. */
  default Tensor ignored(int ignore) {
    return equalTo(ignore);
  }

  /** The number of ids that are not {@code label}: a whole number, a scalar. */
  Tensor countUnless(int label);

  /**
   * The classes that occur in labels (B,H,W): (B,classes), 1 if a pixel has the class's id, else 0.
   * Ids are below {@code classes} or the ignore index.
   */
  Tensor present(int classes, int ignore);

  /**
   * The confusion matrix of logits (B,K,H,W) and labels (B,H,W), without pixels of the ignore
   * index: K*K whole numbers. Element i*K + j counts the pixels of class i that are predicted as
   * class j.
   */
  Tensor confusion(Tensor labels, int ignore);

  /**
   * An expression of the engine over {@code $0} (this tensor), {@code $1}, …, for an operation that
   * has no method. The declared type and shape are not checked.
   */
  Tensor raw(String expression, Type type, List<Dim> shape, Tensor... others);
}
