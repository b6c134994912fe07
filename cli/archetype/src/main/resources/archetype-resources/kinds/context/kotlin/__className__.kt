package ${package}

import dev.inlay.Cites
import dev.inlay.ContextModule
import dev.inlay.Features
import dev.inlay.Named
import dev.inlay.Option
import dev.inlay.Scope

/** Scales channels by weights from their means (section 3): (B,C,h,w) to (B,C,h,w). */
@Named(value = "${name}", says = "Scales channels by weights from their means.")
@Cites(
    arxiv = "1709.01507",
    title = "Squeeze-and-Excitation Networks",
    authors = "Hu et al.",
    venue = "CVPR 2018",
)
class ${className} : ContextModule<${className}.Options> {

  @JvmRecord
  data class Options(
      @Option("the factor by which the hidden layer has fewer channels", least = 1.0)
      val reduction: Int = 16
  )

  override fun build(options: Options, input: Features, scope: Scope): Features {
    val x = input.last()
    val means = x.adaptiveAvgPool(1, 1)
    val hidden = maxOf(1, x.channels() / options.reduction)
    val squeezed = scope.convBias("fc1", means, hidden, 1).relu()
    val scales = scope.convBias("fc2", squeezed, x.channels(), 1).sigmoid()
    return input.withLast(x * scales)
  }
}
