package dev.inlay;

/**
 * From an output and the labels to a loss that training lessens. An objective has options, as every
 * technique, but no parameters.
 *
 * @param <O> the options record
 */
public non-sealed interface Objective<O extends Record> extends Technique<O> {

  /**
   * Describes the loss.
   *
   * @param output what a decoder or a side output made; logits are (B,K,h,w) at any resolution
   * @param labels class ids (B,H,W), integers
   * @param ignore the id that counts nowhere
   * @return a tensor without axes
   */
  Tensor loss(O options, Tensor output, Tensor labels, int ignore, Scope scope);

  /**
   * Logits (B,K,h,w) at the size of the labels (B,H,W): interpolated bilinearly to (B,K,H,W), or as
   * they are if they have that size.
   */
  static Tensor atLabels(Tensor logits, Tensor labels, boolean alignCorners) {
    Dim height = labels.dim(1);
    Dim width = labels.dim(2);
    boolean same = logits.height().equals(height) && logits.width().equals(width);
    return same ? logits : logits.resize(height, width, alignCorners);
  }
}
