package ${package}

import dev.inlay.Cites
import dev.inlay.Init
import dev.inlay.Named
import dev.inlay.Optimizer
import dev.inlay.Option
import dev.inlay.Scope
import dev.inlay.Tensor

/**
 * Steps by the sign of a mean of gradients, with decoupled weight decay (algorithm 2):
 *
 *     weight = weight - rate (sign(beta1 m + (1 - beta1) gradient) + decay weight)
 *     m = beta2 m + (1 - beta2) gradient
 */
@Named(value = "${name}", says = "Steps by the sign of a mean of gradients.")
@Cites(
    arxiv = "2302.06675",
    title = "Symbolic Discovery of Optimization Algorithms",
    authors = "Chen et al.",
    venue = "NeurIPS 2023",
)
class ${className} : Optimizer<${className}.Options> {

  @JvmRecord
  data class Options(
      @Option("the share of the mean in the step", least = 0.0, below = 1.0) val beta1: Double = 0.9,
      @Option("the share of the mean that is kept", least = 0.0, below = 1.0) val beta2: Double = 0.99,
      @Option("the factor of the weight that is taken off", least = 0.0) val decay: Double = 0.0,
  )

  override fun next(
      options: Options,
      weight: Tensor,
      gradient: Tensor,
      rate: Tensor,
      memory: Scope,
  ): Tensor {
    val mean = memory.bufferLike("mean", Init.ZERO, weight)
    val mixed = mean * options.beta1 + gradient * (1 - options.beta1)
    memory.update(mean, mean * options.beta2 + gradient * (1 - options.beta2))
    val sign = mixed / mixed.abs().atLeast(1e-30) // 0 stays 0.
    return weight - (sign + weight * options.decay) * rate
  }

  override fun withDecayTimes(options: Options, factor: Double): Options =
      options.copy(decay = options.decay * factor)
}
