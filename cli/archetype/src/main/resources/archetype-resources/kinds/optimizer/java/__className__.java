package ${package};

import dev.inlay.Cites;
import dev.inlay.Init;
import dev.inlay.Named;
import dev.inlay.Optimizer;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;

/**
 * Steps by the sign of a mean of gradients, with decoupled weight decay (algorithm 2):
 *
 * <pre>
 *   weight = weight - rate (sign(beta1 m + (1 - beta1) gradient) + decay weight)
 *   m = beta2 m + (1 - beta2) gradient
 * </pre>
 */
@Named(value = "${name}", says = "Steps by the sign of a mean of gradients.")
@Cites(
    arxiv = "2302.06675",
    title = "Symbolic Discovery of Optimization Algorithms",
    authors = "Chen et al.",
    venue = "NeurIPS 2023")
public final class ${className} implements Optimizer<${className}.Options> {

  public record Options(
      @Option(value = "the share of the mean in the step", is = "0.9", least = 0, below = 1)
          double beta1,
      @Option(value = "the share of the mean that is kept", is = "0.99", least = 0, below = 1)
          double beta2,
      @Option(value = "the factor of the weight that is taken off", is = "0", least = 0)
          double decay) {}

  @Override
  public Tensor next(Options options, Tensor weight, Tensor gradient, Tensor rate, Scope memory) {
    Tensor mean = memory.bufferLike("mean", Init.ZERO, weight);
    Tensor mixed = mixed(mean, gradient, options.beta1());
    memory.update(mean, mixed(mean, gradient, options.beta2()));
    Tensor sign = mixed.div(mixed.abs().atLeast(1e-30)); // 0 stays 0.
    return weight.minus(sign.plus(weight.times(options.decay())).times(rate));
  }

  private static Tensor mixed(Tensor mean, Tensor gradient, double share) {
    return mean.times(share).plus(gradient.times(1 - share));
  }

  @Override
  public Options withDecayTimes(Options options, double factor) {
    return new Options(options.beta1(), options.beta2(), options.decay() * factor);
  }
}
