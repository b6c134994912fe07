package dev.inlay;

/**
 * A node in the network's tree of parameter names. A technique declares a parameter where it uses
 * it, under the key of the reference implementation. The scope also offers the usual layers.
 */
@Provided
public interface Scope {

  /** The scope below a name. */
  Scope at(String name);

  /** The scope below a name and a number, as in {@code layer1.0}. */
  default Scope at(String name, int index) {
    return at(name + "." + index);
  }

  /**
   * A trained parameter. A repeated name returns the same tensor: the parameter is shared. One that
   * is read only through {@link Tensor#detach} is frozen: training does not change it.
   *
   * @throws InlayException if the name is already used with another shape
   */
  Tensor parameter(String name, Init init, long... shape);

  /** A stored value that is not trained, such as a running mean. */
  Tensor buffer(String name, Init init, long... shape);

  /**
   * A buffer of the shape of another tensor, whose sizes must be fixed.
   *
   * @throws InlayException if a size depends on the image
   */
  default Tensor bufferLike(String name, Init init, Tensor other) {
    return buffer(name, init, other.shape().stream().mapToLong(Dim::value).toArray());
  }

  /** A stored whole number that starts at 0, such as a count of batches. */
  Tensor counter(String name);

  /** Stores a new value in a buffer or counter at each training step. */
  void update(Tensor stored, Tensor value);

  /** A convolution (B,C,H,W) to (B,channels,H',W') without bias: {@code name.weight}. */
  default Tensor conv(String name, Tensor x, int channels, Window window) {
    return x.conv(convWeight(name, x, channels, window), null, window);
  }

  /** A square convolution without bias that keeps the size. */
  default Tensor conv(String name, Tensor x, int channels, int kernel) {
    return conv(name, x, channels, Window.of(kernel));
  }

  /**
   * {@link #conv(String, Tensor, int, Window)} with bias: {@code name.weight}, {@code name.bias}.
   */
  default Tensor convBias(String name, Tensor x, int channels, Window window) {
    Tensor weight = convWeight(name, x, channels, window);
    return x.conv(weight, at(name).parameter("bias", Init.ZERO, channels), window);
  }

  /** A square convolution with bias that keeps the size. */
  default Tensor convBias(String name, Tensor x, int channels, int kernel) {
    return convBias(name, x, channels, Window.of(kernel));
  }

  /** Batch normalisation over axis 1 with momentum 0.1 and epsilon 1e-5. */
  default Tensor norm(String name, Tensor x) {
    Scope scope = at(name);
    long channels = x.channels();
    Tensor count = scope.counter("num_batches_tracked");
    scope.update(count, count.plus(1));
    return x.batchNorm(
        scope.parameter("weight", Init.ONE, channels),
        scope.parameter("bias", Init.ZERO, channels),
        scope.buffer("running_mean", Init.ZERO, channels),
        scope.buffer("running_var", Init.ONE, channels),
        0.1,
        1e-5);
  }

  /** Convolution, batch normalisation, ReLU, under {@code name.conv} and {@code name.bn}. */
  default Tensor convNormRelu(String name, Tensor x, int channels, Window window) {
    return convNorm(name, x, channels, window).relu();
  }

  /**
   * {@link #convNormRelu(String, Tensor, int, Window)} with a square kernel that keeps the size.
   */
  default Tensor convNormRelu(String name, Tensor x, int channels, int kernel) {
    return convNormRelu(name, x, channels, Window.of(kernel));
  }

  /**
   * {@link #convNorm(String, Tensor, int, Window)} under {@code name.0} and {@code name.1}, as in a
   * sequence whose layers have no names.
   */
  default Tensor convNormSequence(String name, Tensor x, int channels, Window window) {
    Scope scope = at(name);
    return scope.norm("1", scope.conv("0", x, channels, window));
  }

  /** {@link #convNormSequence} with a square kernel that keeps the size, and ReLU. */
  default Tensor convNormReluSequence(String name, Tensor x, int channels, int kernel) {
    return convNormSequence(name, x, channels, Window.of(kernel)).relu();
  }

  /** Convolution and batch normalisation, under {@code name.conv} and {@code name.bn}. */
  default Tensor convNorm(String name, Tensor x, int channels, Window window) {
    Scope scope = at(name);
    return scope.norm("bn", scope.conv("conv", x, channels, window));
  }

  /**
   * A depthwise convolution, then a 1x1 convolution, each with batch normalisation and ReLU, under
   * {@code name.depthwise_conv} and {@code name.pointwise_conv}.
   */
  default Tensor separableConvNormRelu(String name, Tensor x, int channels, Window window) {
    Scope scope = at(name);
    Tensor filtered =
        scope.convNormRelu("depthwise_conv", x, x.channels(), window.groups(x.channels()));
    return scope.convNormRelu("pointwise_conv", filtered, channels, 1);
  }

  /** Logits (B,classes,H,W) of (B,C,H,W): channel dropout and a 1x1 convolution with bias. */
  default Tensor classify(String name, Tensor x, int classes, double dropout) {
    Scope scope = at(name);
    Tensor weight = scope.parameter("weight", Init.normal(0.01), classes, x.channels(), 1, 1);
    Tensor bias = scope.parameter("bias", Init.ZERO, classes);
    return (dropout > 0 ? x.channelDropout(dropout) : x).conv(weight, bias, Window.of(1));
  }

  private Tensor convWeight(String name, Tensor x, int channels, Window window) {
    Check.that(
        x.channels() % window.groups() == 0 && channels % window.groups() == 0,
        "the convolution '%s' splits %d channels into %d groups of %d outputs; both must divide evenly",
        name,
        x.channels(),
        window.groups(),
        channels);
    return at(name)
        .parameter(
            "weight",
            Init.KAIMING,
            channels,
            x.channels() / window.groups(),
            window.kernelHeight(),
            window.kernelWidth());
  }
}
