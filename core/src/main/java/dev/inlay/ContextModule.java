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
}
