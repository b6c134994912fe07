package dev.inlay;

/**
 * A stage between backbone and decoder: it computes feature maps from feature maps, to gather
 * context, to refine maps or to join levels. A network has any number of context modules in a row.
 *
 * @param <O> the options record
 */
public non-sealed interface ContextModule<O extends Record> extends Technique<O> {

  /** Describes the module on maps (B,C,h,w) of the stages before it; returns the maps after it. */
  Features build(O options, Features input, Scope scope);

  /**
   * Refuses a training crop that is too small for the module. By default, every crop is allowed.
   *
   * @param input the features that the module was described on
   * @param height rows of the crop, in pixels
   * @param width columns of the crop, in pixels
   * @throws InlayException with the crop, the rule and the way out
   */
  default void checkCrop(O options, Features input, int height, int width) {}
}
