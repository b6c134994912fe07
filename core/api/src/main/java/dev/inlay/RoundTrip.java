package dev.inlay;

/**
 * Labels brought to low resolution and back: what upsampling alone costs, without the mistakes of a
 * network.
 */
public interface RoundTrip {

  /** How many rows and columns of labels one value at low resolution stands for. */
  int ratio();

  /**
   * Describes the way there and back.
   *
   * @param labels the labels (B,K,H,W): 1 where a pixel belongs to a class, 0 elsewhere; H and W
   *     are multiples of the ratio
   * @param scope where the stage's parameters are
   * @return logits (B,K,H,W)
   */
  Tensor build(Tensor labels, Scope scope);
}
