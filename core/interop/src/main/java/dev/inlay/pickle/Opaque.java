package dev.inlay.pickle;

import dev.inlay.weights.Text;

/**
 * Something that is not built here: only what it is called is remembered.
 *
 * @param name its class or callable as Python names it, or a word for it such as bytes
 */
public record Opaque(String name) implements Value {
  @Override
  public String kind() {
    return Text.shortened(name);
  }
}
