package dev.inlay.sample;

import dev.inlay.Tensor;

/** A description with shapes that do not fit; the test expects its line. */
final class Mistaken {

  Tensor describe(Tensor x) {
    Tensor pooled = x.adaptiveAvgPool(1, 2);
    // The next line must be line 11.
    return x.plus(pooled);
  }
}
