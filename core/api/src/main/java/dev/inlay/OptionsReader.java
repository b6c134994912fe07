package dev.inlay;

/** Reads options for {@link Technique#options}; inlay-core provides the one reader there is. */
public interface OptionsReader {

  /**
   * Reads options.
   *
   * @param technique the technique that has the options
   * @param text the options that differ from the defaults, as between the parentheses of a spec
   * @throws InlayException that says what is wrong and shows the place
   */
  <O extends Record> O read(Class<? extends Technique<O>> technique, String text);
}
