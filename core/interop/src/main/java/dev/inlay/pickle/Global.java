package dev.inlay.pickle;

import dev.inlay.weights.Text;

/**
 * The name of a class, a function or another thing of a module; it is never looked up.
 *
 * @param name the module and the name in it
 */
record Global(String name) implements Value {
  @Override
  public String kind() {
    return Text.shortened(name);
  }
}
