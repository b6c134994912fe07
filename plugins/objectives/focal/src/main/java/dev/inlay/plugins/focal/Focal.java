package dev.inlay.plugins.focal;

import dev.inlay.Cites;
import dev.inlay.Named;
import dev.inlay.Objective;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;

/**
 * The focal loss, which lessens the loss of pixels that are predicted well. Lin et al., ICCV 2017,
 * eq. 4 and 5. Logits (B,K,h,w) are taken at the size of the labels (B,H,W).
 *
 * <pre>
 *   softmax   the mean over the pixels that count of -alpha (1 - p)^gamma log p, with p the
 *             probability of the pixel's class
 *   sigmoid   the mean over all B K H W logits of -a (1 - q)^gamma log q, 0 where ignored: each
 *             class against the rest, with q the sigmoid of its logit and a = alpha where it is the
 *             pixel's class, one minus both elsewhere
 * </pre>
 *
 * <p>The second is the {@code FocalLoss} of mmsegmentation.
 */
@Named(value = "focal", says = "Cross-entropy that counts pixels less the surer they are.")
@Cites(
    arxiv = "1708.02002",
    title = "Focal Loss for Dense Object Detection",
    authors = "Lin et al.",
    venue = "ICCV 2017")
public final class Focal implements Objective<Focal.Options> {

  /** The least base of the power, whose gradient is infinite at 0 for exponents below 1. */
  private static final double EPSILON = 1e-7;

  /** How logits become probabilities. */
  public enum Scores {
    SOFTMAX,
    SIGMOID
  }

  public record Options(
      @Option(value = "the exponent; 0 is plain cross-entropy times alpha", is = "2", least = 0)
          double gamma,
      @Option(
              value =
                  "the weight of the pixel's class; with sigmoid, 1 - alpha is that of the rest",
              is = "0.5",
              above = 0,
              most = 1)
          double alpha,
      @Option(
              value =
                  "softmax over the classes, or the sigmoid of each class alone as in mmsegmentation",
              is = "softmax")
          Scores scores) {}

  @Override
  public Tensor loss(Options options, Tensor output, Tensor labels, int ignore, Scope scope) {
    Tensor logits = Objective.atLabels(output, labels, false);
    return switch (options.scores()) {
      case SOFTMAX -> softmax(options, logits, labels, ignore);
      case SIGMOID -> sigmoid(options, logits, labels, ignore);
    };
  }

  private static Tensor softmax(Options options, Tensor logits, Tensor labels, int ignore) {
    Tensor loss = logits.pixelCrossEntropy(labels, ignore);
    Tensor wrong = loss.times(-1).exp().times(-1).plus(1).atLeast(EPSILON);
    Tensor sum = loss.times(wrong.pow(options.gamma())).sum(0, 1, 2).reshape();
    return sum.times(options.alpha()).div(labels.countUnless(ignore).atLeast(1));
  }

  private static Tensor sigmoid(Options options, Tensor logits, Tensor labels, int ignore) {
    double alpha = options.alpha();
    Tensor truth = Objective.truth(labels, logits.channels(), ignore).asFloat();
    Tensor rest = truth.times(-1).plus(1);
    Tensor p = logits.sigmoid();
    Tensor wrong = p.times(-1).plus(1).times(truth).plus(p.times(rest)).atLeast(EPSILON);
    Tensor weight =
        truth.times(alpha).plus(rest.times(1 - alpha)).times(wrong.pow(options.gamma()));
    Tensor loss = binary(logits, truth).times(weight);
    return loss.times(Objective.counted(labels, ignore)).mean(0, 1, 2, 3).reshape();
  }

  /**
   * The binary cross-entropy max(x, 0) - x t + log(1 + exp(-|x|)). The maximum is written as (x +
   * |x|) / 2, whose gradient at 0 is right.
   */
  private static Tensor binary(Tensor x, Tensor truth) {
    Tensor positive = x.plus(x.abs()).times(0.5);
    Tensor rest = x.abs().times(-1).exp().plus(1).log();
    return positive.minus(x.times(truth)).plus(rest);
  }
}
