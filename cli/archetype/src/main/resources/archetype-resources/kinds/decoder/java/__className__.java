package ${package};

import dev.inlay.Cites;
import dev.inlay.Decoder;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;

/** A convolution and a classifier on the last map (section 3): (B,C,h,w) to logits (B,K,h,w). */
@Named(value = "${name}", says = "A convolution and a classifier on the last map.")
@Cites(
    arxiv = "1411.4038",
    title = "Fully Convolutional Networks for Semantic Segmentation",
    authors = "Long et al.",
    venue = "CVPR 2015")
public final class ${className} implements Decoder<${className}.Options> {

  public record Options(
      @Option(value = "channels of the convolution", is = "64", least = 1) int channels,
      @Option(value = "dropout probability of its channels", is = "0.1", least = 0, below = 1)
          double dropout) {}

  @Override
  public Tensor build(Options options, Features input, Scope scope) {
    Tensor x = scope.convNormRelu("conv", input.last(), options.channels(), 3);
    return scope.classify("conv_seg", x, input.classes(), options.dropout());
  }
}
