package dev.inlay;

/** Reads options for {@link Technique#options}; inlay-core provides the only implementation. */
@Provided
public interface OptionsReader {

  /**
   * Reads options.
   *
   * @param technique the technique that has the options
   * @param text the options that differ from their defaults, as between the parentheses of a spec
   * @throws InlayException with the mistake and its place in the text
   */
  <O extends Record> O read(Class<? extends Technique<O>> technique, String text);
}
