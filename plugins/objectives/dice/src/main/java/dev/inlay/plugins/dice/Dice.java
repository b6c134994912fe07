package dev.inlay.plugins.dice;

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
 * one-hot labels. All sums run over the pixels of the whole batch that are not ignored:
 *
 * <pre>
 *   D(k) = (2 sum(p g) + smooth) / (sum(p) + sum(g) + smooth)
 *   loss = 1/K sum of 1 - D(k) over the classes k that the batch's labels have
 * </pre>
 *
 * <p>V-Net (Milletari et al., 3DV 2016, section 3) defines the loss for one foreground class, with
 * squares of p and g in the denominator. This objective uses plain values, as the {@code DiceLoss}
 * of segmentation_models.pytorch does in its mode "multiclass"; the two are equal for the same
 * smooth and ignore index. The {@code DiceLoss} of mmsegmentation differs: one ratio for each image
 * over all its classes, with squares.
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

  public record Options(
      @Option(
              value =
                  "added to numerator and denominator; above 0, classes of few pixels count less",
              is = "0",
              least = 0)
          double smooth) {}

  @Override
  public Tensor loss(Options options, Tensor output, Tensor labels, int ignore, Scope scope) {
    Tensor logits = Objective.atLabels(output, labels, false);
    Tensor ids = labels.reshape(labels.batch(), 1, labels.dim(1), labels.dim(2));
    Tensor ignored = ids.equalTo(ignore);
    Tensor counted = ignored.not().asFloat();
    Tensor truth = ids.maskedFill(ignored, 0).oneHot(logits.channels()).asFloat().times(counted);
    Tensor probability = logits.softmax(1).times(counted);

    Tensor overlap = probability.times(truth).sum(0, 2, 3);
    Tensor labelled = truth.sum(0, 2, 3);
    Tensor size = probability.sum(0, 2, 3).plus(labelled);
    Tensor dice =
        overlap.times(2).plus(options.smooth).div(size.plus(options.smooth).atLeast(EPSILON));
    Tensor present = labelled.greaterThan(0).asFloat();
    return dice.times(-1).plus(1).times(present).mean(1).reshape();
  }
}
