package dev.inlay;

/**
 * From an image to feature maps: the first stage of every network.
 *
 * @param <O> the options record
 */
public non-sealed interface Backbone<O extends Record> extends Technique<O> {

  /**
   * Describes the backbone.
   *
   * @param input features without maps, which hold the image (B,3,H,W) and the number of classes
   * @return the same features with maps (B,C,H/s,W/s), finest first, and their strides
   */
  Features build(O options, Features input, Scope scope);
}
