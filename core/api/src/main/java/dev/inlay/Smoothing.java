package dev.inlay;

/**
 * The smoothing of dilated convolutions against gridding. A convolution with dilation d computes d
 * x d groups of pixels that share no input, each d pixels apart. Smoothing lets the groups exchange
 * information, and begins as the identity. Wang and Ji, Smoothed Dilated Convolutions for Improved
 * Dense Prediction, KDD 2018.
 *
 * <p>It serves as the type of an option: {@link #in} makes every dilated convolution of a scope a
 * smoothed one, and the rest of a technique stays as it is. Other convolutions, and the names of
 * all other parameters, are the same with and without it.
 *
 * <pre>
 *   Scope smooth = options.smoothing.in(scope);
 *   Tensor y = smooth.convNormRelu("conv", x, channels, Window.of(3).dilation(2));
 * </pre>
 */
public enum Smoothing {
  /** Convolutions are not smoothed. */
  NONE,

  /**
   * Separable and shared convolution: before the dilated convolution, each channel is convolved
   * with one kernel of 2d - 1 rows and columns, which all channels share. The parameter {@code
   * NAME.smoothing} (2d-1,2d-1) is what is added to the kernel of the identity.
   */
  SEPARABLE_AND_SHARED,

  /**
   * Group interaction: after the dilated convolution, each of the d x d pixels of a block becomes a
   * weighted sum of all of them, with the same weights in all blocks and channels. The parameter
   * {@code NAME.smoothing} (d*d,d*d) is what is added to the identity: the weight of a pixel, by
   * row, in a pixel, by column. The map is filled to whole blocks with zeros on the right and
   * below. The convolution must have stride 1.
   */
  GROUP_INTERACTION;

  /** The scope whose dilated convolutions, at any depth, are smoothed. */
  public Scope in(Scope scope) {
    return this == NONE ? scope : new SmoothedScope(this, scope);
  }
}
