package dev.inlay;

/**
 * The first stage of every network: it computes feature maps from an image.
 *
 * @param <O> the options record
 */
public non-sealed interface Backbone<O extends Record> extends Technique<O> {

  /**
   * Describes the backbone.
   *
   * @param input features that hold the image (B,3,H,W) and the number of classes, but no maps
   * @return the same features with maps (B,C,H/s,W/s), finest first, and their strides
   */
  Features build(O options, Features input, Scope scope);
}
