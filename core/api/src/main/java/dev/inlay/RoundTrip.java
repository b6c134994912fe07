package dev.inlay;

/**
 * The downsampling of labels and their upsampling. It measures the error of the upsampling alone,
 * without a network's errors.
 */
public interface RoundTrip {

  /** The downsampling ratio: labels per low-resolution value, along each side. */
  int ratio();

  /**
   * Describes the downsampling and the upsampling.
   *
   * @param labels the labels (B,K,H,W): 1 where a pixel belongs to a class, 0 elsewhere; H and W
   *     are multiples of the ratio
   * @param scope the scope of the stage's parameters
   * @return logits (B,K,H,W)
   */
  Tensor build(Tensor labels, Scope scope);
}
