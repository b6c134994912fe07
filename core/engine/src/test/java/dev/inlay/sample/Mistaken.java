package dev.inlay.sample;

import dev.inlay.Tensor;

/** Describes what can't be: the test knows the line. */
final class Mistaken {

  Tensor describe(Tensor x) {
    Tensor pooled = x.adaptiveAvgPool(1, 2);
    // The next line is the eleventh.
    return x.add(pooled);
  }
}
