package dev.inlay.plugins.foldaspp;

import dev.inlay.Init;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;

/** The layers that GateNet's modules consist of. */
final class Layers {

  private Layers() {}

  /** A convolution with bias, a norm and a rectifier, as a sequence without names. */
  static Tensor convNormPrelu(String name, Tensor x, int channels, Window window, Scope scope) {
    Scope s = scope.at(name);
    return prelu("2", s.norm("1", s.convBias("0", x, channels, window)), s);
  }

  /** A rectifier with one learned slope for all channels. */
  static Tensor prelu(String name, Tensor x, Scope scope) {
    return x.prelu(scope.at(name).parameter("weight", Init.constant(0.25), 1));
  }
}
