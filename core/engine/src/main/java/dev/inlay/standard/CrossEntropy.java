package dev.inlay.standard;

import dev.inlay.Check;
import dev.inlay.Cites;
import dev.inlay.Dim;
import dev.inlay.LabelCounts;
import dev.inlay.Named;
import dev.inlay.Objective;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * The mean negative log-likelihood of each pixel's class, without ignored pixels. Logits (B,K,h,w)
 * are first interpolated bilinearly to the size of the labels (B,H,W).
 *
 * <p>With p the softmax of the logits, w the weights of the classes, s the smoothing, and sums over
 * the pixels i that are not ignored, whose class is y:
 *
 * <pre>
 *   loss = sum(-(1 - s) w(y) log p(y) - s/K sum over k of w(k) log p(k)) / divisor
 *   divisor = sum w(y), or the number of all pixels, ignored ones included
 * </pre>
 *
 * <p>The first divisor is that of PyTorch's {@code cross_entropy}, for the same weights and
 * smoothing; the second is mmsegmentation's for {@code avg_non_ignore=False}. Smoothing: Szegedy et
 * al., CVPR 2016, section 7.
 */
@Named(value = "cross-entropy", says = "The mean cross-entropy of the pixels whose label counts.")
@Cites(
    arxiv = "1411.4038",
    title = "Fully Convolutional Networks for Semantic Segmentation",
    authors = "Long et al.",
    venue = "CVPR 2015")
public final class CrossEntropy implements Objective<CrossEntropy.Options> {

  /** The least sum of weights, which prevents a division by zero. */
  private static final double EPSILON = 1e-12;

  /** The pixels over which the mean is taken. */
  public enum Mean {
    /** Those that are not ignored, each by its weight. */
    COUNTED,
    /** All, with a loss of 0 for those that are ignored. */
    ALL
  }

  public record Options(
      @Option(
              value = "whether the upsampling of logits aligns the corner pixels' centres",
              is = "false")
          boolean alignCorners,
      @Option(
              value = "the weight of each class, in the order of dataset.yaml; [] is 1 for each",
              is = "[]",
              least = 0,
              empty = true)
          List<Double> weights,
      @Option(
              value =
                  "the rule that computes the weights from the training labels: enet is"
                      + " 1/ln(1.02 + share), median-frequency is SegNet's, effective-number is"
                      + " Cui's",
              is = "none")
          ClassBalance balance,
      @Option(
              value = "beta of the effective number of pixels, which is 1/(1 - beta) at most",
              is = "0.999999",
              above = 0,
              below = 1)
          double beta,
      @Option(
              value = "the share of the target that is spread over all classes evenly",
              is = "0",
              least = 0,
              below = 1)
          double smoothing,
      @Option(
              value =
                  "the pixels of the mean: counted, or all with those that are ignored, as in"
                      + " mmsegmentation",
              is = "counted")
          Mean mean) {

    public Options {
      weights = List.copyOf(weights);
      Check.that(
          weights.isEmpty() || balance == ClassBalance.NONE,
          "weights and balance both give the classes' weights. Leave one of them out.");
      Check.that(
          weights.isEmpty() || weights.stream().anyMatch(weight -> weight > 0),
          "weights is %s; at least one weight must be above 0.",
          weights);
    }

    private boolean isPlain() {
      return weights.isEmpty() && smoothing == 0;
    }

    private Options withWeights(List<Double> computed) {
      return new Options(alignCorners, computed, ClassBalance.NONE, beta, smoothing, mean);
    }
  }

  @Override
  public Options withLabels(Options options, Supplier<LabelCounts> labels) {
    return options.balance() == ClassBalance.NONE
        ? options
        : options.withWeights(options.balance().weights(labels.get(), options.beta()));
  }

  @Override
  public Tensor loss(Options options, Tensor output, Tensor labels, int ignore, Scope scope) {
    Check.that(
        options.balance() == ClassBalance.NONE,
        "balance computes weights from the training labels, which are not read here. Give the"
            + " numbers as weights=[...].");
    Tensor logits = Objective.atLabels(output, labels, options.alignCorners());
    if (options.isPlain() && options.mean() == Mean.COUNTED) {
      return logits.crossEntropy(labels, ignore);
    }
    Tensor weights = weights(options, logits);
    Tensor ofPixels = ofPixels(weights, labels, ignore);
    Tensor loss = logits.pixelCrossEntropy(labels, ignore).times(ofPixels);
    if (options.smoothing() > 0) {
      Tensor even = even(logits, weights).maskedFill(labels.ignored(ignore), 0);
      double share = options.smoothing() / logits.channels();
      loss = loss.times(1 - options.smoothing()).plus(even.times(share));
    }
    Tensor mean =
        options.mean() == Mean.ALL
            ? loss.mean(0, 1, 2)
            : loss.sum(0, 1, 2).div(ofPixels.sum(0, 1, 2).atLeast(EPSILON));
    return mean.reshape();
  }

  /** The weights of the classes (K). */
  private static Tensor weights(Options options, Tensor logits) {
    List<Double> weights = options.weights();
    int classes = logits.channels();
    Check.that(
        weights.isEmpty() || weights.size() == classes,
        "weights has %d numbers, but there are %d classes. Give one number for each.",
        weights.size(),
        classes);
    return logits.vector(weights.isEmpty() ? Collections.nCopies(classes, 1.0) : weights);
  }

  /** The weight of each pixel's class (B,H,W), 0 where ignored. */
  private static Tensor ofPixels(Tensor weights, Tensor labels, int ignore) {
    Tensor ignored = labels.ignored(ignore);
    Tensor ids = labels.maskedFill(ignored, 0).reshape(pixels(labels));
    return weights
        .gather(0, ids)
        .reshape(labels.batch(), labels.dim(1), labels.dim(2))
        .maskedFill(ignored, 0);
  }

  private static Dim pixels(Tensor labels) {
    return labels.batch().times(labels.dim(1)).times(labels.dim(2));
  }

  /** The sum over classes of -w log p, for each pixel (B,H,W). */
  private static Tensor even(Tensor logits, Tensor weights) {
    Tensor ofClasses = weights.times(-1).reshape(1, logits.channels(), 1, 1);
    return logits
        .logSoftmax(1)
        .times(ofClasses)
        .sum(1)
        .reshape(logits.batch(), logits.height(), logits.width());
  }
}
