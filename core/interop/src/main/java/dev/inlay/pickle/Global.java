package dev.inlay.pickle;

import dev.inlay.weights.Text;

/**
 * The name of a class, a function or another attribute of a module. It is never resolved.
 *
 * @param name the module, a dot, and the name in the module
 */
record Global(String name) implements Value {
  @Override
  public String kind() {
    return Text.shortened(name);
  }
}
