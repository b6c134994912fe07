package dev.inlay;

import java.util.Optional;

/**
 * The last stage of every network: it computes class logits from feature maps.
 *
 * @param <O> the options record
 */
public non-sealed interface Decoder<O extends Record> extends Technique<O> {

  /** Describes the logits (B,K,h,w) of K classes at the decoder's own resolution. */
  Tensor build(O options, Features input, Scope scope);

  /**
   * Describes the upsampling of logits (B,K,h,w) to the image's size (B,K,H,W). By default, it is
   * bilinear without aligned corners.
   */
  default Tensor upsample(O options, Tensor logits, Features input, Scope scope) {
    return logits.resizeTo(input.image(), false);
  }

  /**
   * Refuses a training crop that is too small for the decoder. By default, every crop is allowed.
   *
   * @param height rows of the crop, in pixels
   * @param width columns of the crop, in pixels
   * @throws InlayException with the crop, the rule and the way out
   */
  default void checkCrop(O options, Features input, int height, int width) {}

  /**
   * A new preparation: parameters that the decoder computes from a dataset's labels before
   * training. By default, a decoder has none.
   */
  default Optional<Preparation> preparation(O options, Features input) {
    return Optional.empty();
  }
}
