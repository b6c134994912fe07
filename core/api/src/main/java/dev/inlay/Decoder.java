package dev.inlay;

import java.util.Optional;

/**
 * From feature maps to class logits: the last stage of every network.
 *
 * @param <O> the options record
 */
public non-sealed interface Decoder<O extends Record> extends Technique<O> {

  /** Describes the logits (B,K,h,w), K the number of classes, at the decoder's own resolution. */
  Tensor build(O options, Features input, Scope scope);

  /**
   * Describes how the logits (B,K,h,w) come to the image's size (B,K,H,W): bilinear, corners not
   * aligned, unless a decoder says otherwise.
   */
  default Tensor upsample(O options, Tensor logits, Features input, Scope scope) {
    return logits.resizeTo(input.image(), false);
  }

  /**
   * Refuses a crop of the image that the decoder cannot learn from; unless a decoder says
   * otherwise, it learns from any.
   */
  default void checkCrop(O options, Features input, int height, int width) {}

  /**
   * What the decoder computes from the labels of a dataset before training; a new object each time.
   * Unless a decoder says otherwise, that is nothing.
   */
  default Optional<Preparation> preparation(O options, Features input) {
    return Optional.empty();
  }
}
