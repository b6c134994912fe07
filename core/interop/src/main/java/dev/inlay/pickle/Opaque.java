package dev.inlay.pickle;

import dev.inlay.weights.Text;

/**
 * An object that Inlay does not build: only its name is kept.
 *
 * @param name the class or callable as Python names it, or a description such as {@code bytes}
 */
public record Opaque(String name) implements Value {
  @Override
  public String kind() {
    return Text.shortened(name);
  }
}
