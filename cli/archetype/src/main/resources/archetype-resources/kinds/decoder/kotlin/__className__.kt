package ${package}

import dev.inlay.Cites
import dev.inlay.Decoder
import dev.inlay.Features
import dev.inlay.Named
import dev.inlay.Option
import dev.inlay.Scope
import dev.inlay.Tensor

/** A convolution and a classifier on the last map (section 3): (B,C,h,w) to logits (B,K,h,w). */
@Named(value = "${name}", says = "A convolution and a classifier on the last map.")
@Cites(
    arxiv = "1411.4038",
    title = "Fully Convolutional Networks for Semantic Segmentation",
    authors = "Long et al.",
    venue = "CVPR 2015",
)
class ${className} : Decoder<${className}.Options> {

  @JvmRecord
  data class Options(
      @Option("channels of the convolution", least = 1.0) val channels: Int = 64,
      @Option("dropout probability of its channels", least = 0.0, below = 1.0)
      val dropout: Double = 0.1,
  )

  override fun build(options: Options, input: Features, scope: Scope): Tensor {
    val x = scope.convNormRelu("conv", input.last(), options.channels, 3)
    return scope.classify("conv_seg", x, input.classes(), options.dropout)
  }
}
