package dev.inlay;

/** A scope with smoothed dilated convolutions. */
record SmoothedScope(Smoothing smoothing, Scope scope) implements Scope {

  private static final String SMOOTHING = "smoothing";

  @Override
  public Tensor conv(String name, Tensor x, int channels, Window window) {
    if (!dilates(window)) {
      return scope.conv(name, x, channels, window);
    }
    return smoothing == Smoothing.SEPARABLE_AND_SHARED
        ? scope.conv(name, shared(name, x, window), channels, window)
        : interacting(name, x, channels, window);
  }

  @Override
  public Tensor convBias(String name, Tensor x, int channels, Window window) {
    if (!dilates(window)) {
      return scope.convBias(name, x, channels, window);
    }
    Tensor y = conv(name, x, channels, window);
    Tensor bias = scope.at(name).parameter("bias", Init.ZERO, channels);
    return y.plus(bias.reshape(1, channels, 1, 1));
  }

  private static boolean dilates(Window window) {
    boolean isPoint = window.kernelHeight() == 1 && window.kernelWidth() == 1;
    return window.dilation() > 1 && !isPoint;
  }

  /** Each channel of (B,C,H,W), convolved with one kernel that all share. */
  private Tensor shared(String name, Tensor x, Window window) {
    int side = 2 * window.dilation() - 1;
    int channels = x.channels();
    Tensor kernel = scope.at(name).parameter(SMOOTHING, Init.ZERO, side, side);
    Tensor each = kernel.reshape(1, 1, side, side).expand(channels, 1, side, side);
    return x.plus(x.conv(each, null, Window.of(side).groups(channels)));
  }

  /** The dilated convolution of (B,C,H,W), then the interaction of its groups of pixels. */
  private Tensor interacting(String name, Tensor x, int channels, Window window) {
    int d = window.dilation();
    Check.that(
        window.stride() == 1,
        "the convolution '%s' has dilation %d and stride %d, but group-interaction smooths only"
            + " convolutions of stride 1; use separable-and-shared",
        name,
        d,
        window.stride());
    Dim rows = x.height().plus(2L * window.padTop() - d * (window.kernelHeight() - 1L));
    Dim columns = x.width().plus(2L * window.padLeft() - d * (window.kernelWidth() - 1L));
    Dim below = rows.ceilDiv(d).times(d).minus(rows);
    Dim right = columns.ceilDiv(d).times(d).minus(columns);
    Dim zero = Dim.of(0);
    Tensor y = scope.conv(name, x.pad(zero, right, zero, below), channels, window);
    long groups = (long) d * d;
    Tensor weights = scope.at(name).parameter(SMOOTHING, Init.ZERO, groups, groups);
    return y.plus(weighted(y, weights, d)).slice(2, zero, rows).slice(3, zero, columns);
  }

  /**
   * The weighted sums of the pixels of each d x d block of (B,C,H,W), whose H and W divide by d.
   */
  private static Tensor weighted(Tensor x, Tensor weights, int d) {
    int channels = x.channels();
    int groups = d * d;
    Tensor blocks = x.pixelUnshuffle(d);
    Dim rows = blocks.height();
    Dim columns = blocks.width();
    Tensor kernel = weights.permute(1, 0).reshape(groups, groups, 1, 1);
    return blocks
        .reshape(x.batch().times(channels), groups, rows, columns)
        .conv(kernel, null, Window.of(1))
        .reshape(x.batch(), channels * groups, rows, columns)
        .pixelShuffle(d);
  }

  @Override
  public Scope at(String name) {
    return new SmoothedScope(smoothing, scope.at(name));
  }

  @Override
  public Tensor parameter(String name, Init init, long... shape) {
    return scope.parameter(name, init, shape);
  }

  @Override
  public Tensor buffer(String name, Init init, long... shape) {
    return scope.buffer(name, init, shape);
  }

  @Override
  public Tensor counter(String name) {
    return scope.counter(name);
  }

  @Override
  public void update(Tensor stored, Tensor value) {
    scope.update(stored, value);
  }
}
