package ${package}

import dev.inlay.Cites
import dev.inlay.Named
import dev.inlay.Objective
import dev.inlay.Option
import dev.inlay.Scope
import dev.inlay.Tensor

/**
 * Cross-entropy in which pixels of a high probability p of their class count less (section 3, eq.
 * 4): the mean of -(1 - p)^gamma log p over the pixels that are not ignored.
 */
@Named(value = "${name}", says = "Cross-entropy in which pixels that are right count less.")
@Cites(
    arxiv = "1708.02002",
    title = "Focal Loss for Dense Object Detection",
    authors = "Lin et al.",
    venue = "ICCV 2017",
)
class ${className} : Objective<${className}.Options> {

  @JvmRecord
  data class Options(
      @Option("the exponent; 0 is the cross-entropy", least = 0.0) val gamma: Double = 2.0
  )

  override fun loss(
      options: Options,
      output: Tensor,
      labels: Tensor,
      ignore: Int,
      scope: Scope,
  ): Tensor {
    val logits = Objective.atLabels(output, labels, false)
    val ids = labels.reshape(labels.batch(), 1, labels.dim(1), labels.dim(2))
    val ignored = ids.ignored(ignore)
    val truth = ids.maskedFill(ignored, 0.0).oneHot(logits.channels()).asFloat()
    val logP = (logits.logSoftmax(1) * truth).sum(1)
    val easy = (logP.exp() * -1 + 1).atLeast(1e-6)
    val losses = (easy.pow(options.gamma) * logP * -1).maskedFill(ignored, 0.0)
    val count = ignored.not().asFloat().sum(0, 1, 2, 3).atLeast(1.0)
    return (losses.sum(0, 1, 2, 3) / count).reshape()
  }
}
