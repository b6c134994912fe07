package dev.inlay.standard;

import dev.inlay.Check;
import dev.inlay.Cites;
import dev.inlay.Init;
import dev.inlay.Named;
import dev.inlay.Optimizer;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;

/**
 * Stochastic gradient descent with momentum and weight decay, in the form that PyTorch computes:
 *
 * <pre>
 *   v = momentum v + (gradient + decay weight)
 *   weight = weight - rate v
 *   weight = weight - rate ((gradient + decay weight) + momentum v)     with nesterov
 * </pre>
 *
 * <p>The velocity v is initially zero. Sutskever et al., section 2, eq. 1 and 3, include the rate
 * in v, which differs only if the rate changes.
 */
@Named(value = "sgd", says = "Stochastic gradient descent with momentum and weight decay.")
@Cites(
    url = "https://proceedings.mlr.press/v28/sutskever13.html",
    title = "On the importance of initialization and momentum in deep learning",
    authors = "Sutskever et al.",
    venue = "ICML 2013")
public final class Sgd implements Optimizer<Sgd.Options> {

  public record Options(
      @Option(
              value = "the share of the last step's velocity that is kept",
              is = "0.9",
              least = 0,
              most = 1)
          double momentum,
      @Option(
              value = "the factor of a weight that is added to its gradient",
              is = "0.0005",
              least = 0)
          double decay,
      @Option(
              value = "whether the step looks ahead by the momentum, as Nesterov's gradient does",
              is = "false")
          boolean nesterov) {

    public Options {
      Check.that(
          !nesterov || momentum > 0,
          "momentum is 0, but nesterov needs a momentum above 0. Set nesterov to false.");
    }
  }

  @Override
  public Tensor next(Options options, Tensor weight, Tensor gradient, Tensor rate, Scope memory) {
    Tensor velocity = memory.bufferLike("velocity", Init.ZERO, weight);
    Tensor decayed = gradient.plus(weight.times(options.decay()));
    Tensor moved = velocity.times(options.momentum()).plus(decayed);
    memory.update(velocity, moved);
    Tensor step = options.nesterov() ? decayed.plus(moved.times(options.momentum())) : moved;
    return weight.minus(step.times(rate));
  }

  @Override
  public Options withDecayTimes(Options options, double factor) {
    return new Options(options.momentum(), options.decay() * factor, options.nesterov());
  }
}
