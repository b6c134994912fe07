package dev.inlay.plugins.tversky;

import dev.inlay.Cites;
import dev.inlay.Named;
import dev.inlay.Objective;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;

/**
 * The Tversky loss: the overlap of each class's probability with its labels, in which false
 * positives and false negatives have weights. Salehi et al., MLMI 2017, section 2.1, eq. 2. Logits
 * (B,K,h,w) are taken at the size of the labels (B,H,W); p is their softmax, g the one-hot labels,
 * and sums run over the pixels that are not ignored:
 *
 * <pre>
 *   T = (sum(p g) + smooth) / (sum(p g) + alpha sum(p (1 - g)) + beta sum((1 - p) g) + smooth)
 *
 *   mmsegmentation   the mean of 1 - T over images and classes, T of one image
 *   smp              1/K sum of 1 - T over the classes that the batch's labels have, T of the batch
 * </pre>
 *
 * <p>The definitions are those of mmsegmentation's and of segmentation_models.pytorch's {@code
 * TverskyLoss}. With alpha = beta = 0.5, T is the Dice coefficient.
 */
@Named(
    value = "tversky",
    says = "One minus an overlap that weighs false positives and false negatives.")
@Cites(
    arxiv = "1706.05721",
    title =
        "Tversky Loss Function for Image Segmentation Using 3D Fully Convolutional Deep Networks",
    authors = "Salehi et al.",
    venue = "MLMI 2017")
public final class Tversky implements Objective<Tversky.Options> {

  /** The least denominator. */
  private static final double EPSILON = 1e-7;

  /** The implementation whose definition holds. */
  public enum Definition {
    MMSEGMENTATION,
    SMP
  }

  public record Options(
      @Option(value = "the weight of false positives", is = "0.3", least = 0) double alpha,
      @Option(value = "the weight of false negatives", is = "0.7", least = 0) double beta,
      @Option(
              value =
                  "added to numerator and denominator; above 0, classes of few pixels count less",
              is = "1",
              least = 0)
          double smooth,
      @Option(
              value =
                  "whose definition: mmsegmentation sums by image and class, smp"
                      + " (segmentation_models.pytorch) over the batch without absent classes",
              is = "mmsegmentation")
          Definition definition) {}

  @Override
  public Tensor loss(Options options, Tensor output, Tensor labels, int ignore, Scope scope) {
    Tensor logits = Objective.atLabels(output, labels, false);
    Tensor truth = Objective.truth(labels, logits.channels(), ignore).asFloat();
    Tensor probability = logits.softmax(1).times(Objective.counted(labels, ignore));
    int[] axes =
        switch (options.definition()) {
          case MMSEGMENTATION -> new int[] {2, 3};
          case SMP -> new int[] {0, 2, 3};
        };
    Tensor both = probability.times(truth).sum(axes);
    Tensor labelled = truth.sum(axes);
    Tensor falsePositives = probability.sum(axes).minus(both);
    Tensor falseNegatives = labelled.minus(both);
    Tensor size =
        both.plus(falsePositives.times(options.alpha()))
            .plus(falseNegatives.times(options.beta()))
            .plus(options.smooth());
    Tensor lost = both.plus(options.smooth()).div(size.atLeast(EPSILON)).times(-1).plus(1);
    if (options.definition() == Definition.SMP) {
      lost = lost.times(labelled.greaterThan(0).asFloat());
    }
    return lost.mean(0, 1, 2, 3).reshape();
  }
}
