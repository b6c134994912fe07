package dev.inlay.plugins.dice;

import dev.inlay.Check;
import dev.inlay.Cites;
import dev.inlay.Named;
import dev.inlay.Objective;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;

/**
 * The soft Dice loss for several classes: one minus the overlap of each class's probability with
 * its labels. Small classes weigh as much as large ones.
 *
 * <p>Let p be the softmax of the logits (B,K,h,w) at the size of the labels (B,H,W), and g the
 * one-hot labels. All sums run over pixels that are not ignored, {@code e} is the option {@code
 * smooth}, and a class is k:
 *
 * <pre>
 *   smp              D(k) = (2 sum(p g) + e) / (sum(p) + sum(g) + e), sums over the batch
 *                    1/K sum of 1 - D(k) over the classes k that the batch's labels have; e = 0
 *   mmsegmentation   D = 2 sum(p g) / (sum(p p) + e + sum(g g) + e), sums over all classes of an image
 *                    the mean of 1 - D over images; e = 0.001
 *   nnunet           D(k) as for smp, the mean of 1 - D(k) over all classes but 0; e = 0.00001
 *   monai            D(k) as for smp with sums over an image, the mean of 1 - D(k) over images and
 *                    classes; e = 0.00001
 * </pre>
 *
 * <p>V-Net (Milletari et al., 3DV 2016, section 3) defines the loss for one foreground class, with
 * squares of p and g in the denominator. The definitions are those of segmentation_models.pytorch's
 * {@code DiceLoss} in its mode "multiclass", of mmsegmentation's, of nnU-Net's with {@code
 * batch_dice}, which is less by 1, and of MONAI's with a softmax. mmsegmentation, which masks no
 * predictions, and MONAI, which has no ignore index, differ where pixels are ignored.
 */
@Named(value = "dice", says = "One minus the overlap of each class's probability with its labels.")
@Cites(
    arxiv = "1606.04797",
    title = "V-Net: Fully Convolutional Neural Networks for Volumetric Medical Image Segmentation",
    authors = "Milletari et al.",
    venue = "3DV 2016")
public final class Dice implements Objective<Dice.Options> {

  /**
   * The least denominator, which prevents a division by zero for a class without pixels and
   * probability.
   */
  private static final double EPSILON = 1e-7;

  /** The implementation whose definition holds. */
  public enum Definition {
    SMP(0, 0, 2, 3),
    MMSEGMENTATION(1e-3, 1, 2, 3),
    NNUNET(1e-5, 0, 2, 3),
    MONAI(1e-5, 2, 3);

    private final double smooth;
    private final int[] axes;

    /** Its own {@code smooth}, and the axes of (B,K,H,W) that its sums run over. */
    Definition(double smooth, int... axes) {
      this.smooth = smooth;
      this.axes = axes;
    }
  }

  public record Options(
      @Option(
              value =
                  "added to numerator and denominator; above 0, classes of few pixels count less;"
                      + " 0 is the definition's own",
              is = "0",
              least = 0)
          double smooth,
      @Option(
              value =
                  "whose definition: smp (segmentation_models.pytorch) sums over the batch without"
                      + " absent classes, mmsegmentation has one ratio of squares for each image,"
                      + " nnunet leaves out class 0, monai sums by image and class",
              is = "smp")
          Definition definition) {

    private double added() {
      return smooth > 0 ? smooth : definition.smooth;
    }
  }

  @Override
  public Tensor loss(Options options, Tensor output, Tensor labels, int ignore, Scope scope) {
    Tensor logits = Objective.atLabels(output, labels, false);
    Definition definition = options.definition();
    int[] axes = definition.axes;
    double smooth = options.added();
    Tensor truth = Objective.truth(labels, logits.channels(), ignore).asFloat();
    Tensor probability = logits.softmax(1).times(Objective.counted(labels, ignore));

    Tensor overlap = probability.times(truth).sum(axes).times(2);
    Tensor labelled = truth.sum(axes);
    Tensor lost =
        definition == Definition.MMSEGMENTATION
            ? lost(overlap, probability.times(probability).sum(axes).plus(labelled), 0, 2 * smooth)
            : lost(overlap, probability.sum(axes).plus(labelled), smooth, smooth);
    Tensor ofClasses =
        switch (definition) {
          case SMP -> lost.times(labelled.greaterThan(0).asFloat());
          case MMSEGMENTATION, MONAI -> lost;
          case NNUNET -> lost.slice(1, 1, foreground(logits.channels()));
        };
    return ofClasses.mean(0, 1, 2, 3).reshape();
  }

  private static Tensor lost(Tensor overlap, Tensor size, double above, double below) {
    return overlap.plus(above).div(size.plus(below).atLeast(EPSILON)).times(-1).plus(1);
  }

  private static int foreground(int classes) {
    Check.that(
        classes > 1,
        "definition is nnunet, which leaves out class 0, but there is no other. Choose another"
            + " definition.");
    return classes;
  }
}
