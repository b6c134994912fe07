package dev.inlay;

/**
 * From feature maps to feature maps: what gathers context, refines or joins levels. A network has
 * any number of them, one after the other.
 *
 * @param <O> the options record
 */
public non-sealed interface ContextModule<O extends Record> extends Technique<O> {

  /** Describes the module on the maps that the stages before it made. */
  Features build(O options, Features input, Scope scope);

  /**
   * Refuses a crop of the image that the module cannot learn from; unless a module says otherwise,
   * it learns from any.
   *
   * @param input the maps that the module was described on
   */
  default void checkCrop(O options, Features input, int height, int width) {}
}
