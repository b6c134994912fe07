package dev.inlay.plugins.adamw;

import dev.inlay.Cites;
import dev.inlay.Init;
import dev.inlay.Named;
import dev.inlay.Optimizer;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;

/**
 * Adam with a weight decay that is apart from the gradient. Loshchilov and Hutter, ICLR 2019,
 * algorithm 2, in the form that PyTorch computes; t counts the steps from 1:
 *
 * <pre>
 *   m = beta1 m + (1 - beta1) gradient
 *   v = beta2 v + (1 - beta2) gradient^2
 *   weight = weight (1 - rate decay)
 *            - rate (m / (1 - beta1^t)) / (sqrt(v) / sqrt(1 - beta2^t) + epsilon)
 * </pre>
 *
 * <p>m, v and the two corrections 1 - beta^t are initially zero. A correction c is computed as beta
 * c + (1 - beta), which keeps its precision where beta^t is close to 1.
 */
@Named(value = "adamw", says = "Adam with a weight decay that is apart from the gradient.")
@Cites(
    arxiv = "1711.05101",
    title = "Decoupled Weight Decay Regularization",
    authors = "Loshchilov and Hutter",
    venue = "ICLR 2019")
public final class AdamW implements Optimizer<AdamW.Options> {

  public record Options(
      @Option(
              value = "the share of the mean of gradients that a step keeps",
              is = "0.9",
              least = 0,
              below = 1)
          double beta1,
      @Option(
              value = "the share of the mean of squared gradients that a step keeps",
              is = "0.999",
              least = 0,
              below = 1)
          double beta2,
      @Option(
              value = "the share of a weight that a step takes away, times the learning rate",
              is = "0.01",
              least = 0)
          double decay,
      @Option(value = "added to the root of the squares", is = "1e-8", above = 0) double epsilon) {}

  @Override
  public Tensor next(Options options, Tensor weight, Tensor gradient, Tensor rate, Scope memory) {
    double beta1 = options.beta1();
    double beta2 = options.beta2();
    Tensor mean = kept("mean", beta1, gradient, weight, memory);
    Tensor square = kept("square", beta2, gradient.times(gradient), weight, memory);
    Tensor ofMean = correction("mean_correction", beta1, memory);
    Tensor ofSquare = correction("square_correction", beta2, memory);

    Tensor spread = square.sqrt().div(ofSquare.sqrt()).plus(options.epsilon());
    Tensor step = mean.div(ofMean).div(spread);
    Tensor decayed = weight.minus(weight.times(rate.times(options.decay())));
    return decayed.minus(step.times(rate));
  }

  /** A running mean of the shape of the weight. */
  private static Tensor kept(String name, double beta, Tensor value, Tensor weight, Scope memory) {
    Tensor before = memory.bufferLike(name, Init.ZERO, weight);
    Tensor after = before.times(beta).plus(value.times(1 - beta));
    memory.update(before, after);
    return after;
  }

  /** 1 - beta^t, a scalar. */
  private static Tensor correction(String name, double beta, Scope memory) {
    Tensor before = memory.buffer(name, Init.ZERO);
    Tensor after = before.times(beta).plus(1 - beta);
    memory.update(before, after);
    return after;
  }

  @Override
  public Options withDecayTimes(Options options, double factor) {
    return new Options(
        options.beta1(), options.beta2(), options.decay() * factor, options.epsilon());
  }
}
