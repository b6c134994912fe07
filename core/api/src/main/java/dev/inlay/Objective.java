package dev.inlay;

/**
 * A loss function: it computes the loss that training minimises from an output and the labels. An
 * objective has options, but no parameters.
 *
 * @param <O> the options record
 */
public non-sealed interface Objective<O extends Record> extends Technique<O> {

  /**
   * Describes the loss.
   *
   * @param output a decoder's output or a side output; logits are (B,K,h,w) at any resolution
   * @param labels class ids (B,H,W), integers
   * @param ignore the ignore index
   * @return the loss, a scalar
   */
  Tensor loss(O options, Tensor output, Tensor labels, int ignore, Scope scope);

  /**
   * Logits (B,K,h,w) at the size (B,K,H,W) of the labels (B,H,W), by bilinear interpolation if the
   * sizes differ.
   */
  static Tensor atLabels(Tensor logits, Tensor labels, boolean alignCorners) {
    Dim height = labels.dim(1);
    Dim width = labels.dim(2);
    boolean same = logits.height().equals(height) && logits.width().equals(width);
    return same ? logits : logits.resize(height, width, alignCorners);
  }
}
