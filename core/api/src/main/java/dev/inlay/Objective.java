package dev.inlay;

/**
 * From an output and the labels to a loss that training lessens.
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
}
