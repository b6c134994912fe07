package dev.inlay.evaluate;

import dev.inlay.Dim;
import dev.inlay.RoundTrip;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;

/**
 * The round trip of decoders without learned upsampling: labels are downsampled, then upsampled by
 * bilinear interpolation without aligned corners.
 *
 * @param ratio the factor of downsampling: rows and columns of a block that becomes one value
 * @param shares true: the value of a class is its share of the block's pixels; false: 1 for the
 *     class of the block's middle pixel
 */
public record Bilinear(int ratio, boolean shares) implements RoundTrip {

  @Override
  public Tensor build(Tensor labels, Scope scope) {
    Tensor low = shares ? pooled(labels, ratio) : middle(labels);
    return low.resizeTo(labels, false);
  }

  /** The middle pixels of the blocks; with an even ratio, the lower right one of the four. */
  private Tensor middle(Tensor labels) {
    Dim first = Dim.of(ratio / 2);
    Tensor from = labels.slice(2, first, labels.height()).slice(3, first, labels.width());
    return pooled(from, 1);
  }

  private Tensor pooled(Tensor labels, int kernel) {
    return labels.avgPool(Window.of(kernel).padding(0).stride(ratio), false);
  }
}
