package dev.inlay.standard;

import dev.inlay.Decoder;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Scope;
import dev.inlay.Tensor;

/**
 * A stand-in for a decoder: a 1x1 convolution from the last map (B,C,h,w) to logits (B,K,h,w), the
 * default of the decoder {@code fcn}.
 */
@Named(value = "given-classifier", says = "Stands in for a decoder.")
public final class GivenClassifier implements Decoder<GivenClassifier.Options> {

  public record Options() {}

  @Override
  public Tensor build(Options options, Features input, Scope scope) {
    return scope.classify("conv_seg", input.last(), input.classes(), 0);
  }
}
