package dev.inlay.evaluate;

import dev.inlay.Dim;
import dev.inlay.RoundTrip;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;

/**
 * Labels brought to low resolution, and back by bilinear interpolation with corners not aligned, as
 * decoders do that learn no upsampling.
 *
 * @param ratio rows and columns of labels that become one value
 * @param shares whether that value is how much of them each class has, or else the label in their
 *     middle
 */
public record Bilinear(int ratio, boolean shares) implements RoundTrip {

  @Override
  public Tensor build(Tensor labels, Scope scope) {
    Tensor low = shares ? pooled(labels, ratio) : middle(labels);
    return low.resizeTo(labels, false);
  }

  /** Of an even number of rows, the middle one is the lower. */
  private Tensor middle(Tensor labels) {
    Dim first = Dim.of(ratio / 2);
    Tensor from = labels.slice(2, first, labels.height()).slice(3, first, labels.width());
    return pooled(from, 1);
  }

  private Tensor pooled(Tensor labels, int kernel) {
    return labels.avgPool(Window.of(kernel).padding(0).stride(ratio), false);
  }
}
