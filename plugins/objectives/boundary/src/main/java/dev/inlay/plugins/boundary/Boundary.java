package dev.inlay.plugins.boundary;

import dev.inlay.Cites;
import dev.inlay.Named;
import dev.inlay.Objective;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;

/**
 * One minus a soft F1 score of the boundaries of each class. Bokhovkin and Burnaev, ISNN 2019,
 * section 3. Logits (B,K,h,w) are taken at the size of the labels (B,H,W).
 *
 * <p>With y a class's probability p or its labels g, and pool the maximum in a square window:
 *
 * <pre>
 *   boundary   b(y) = pool(1 - y, width) - (1 - y)      near(y) = pool(b(y), reach)
 *   precision  P = sum(b(p) near(g)) / sum b(p)         recall  R = sum(near(p) b(g)) / sum b(g)
 *   loss       the mean of 1 - 2 P R / (P + R) over images and classes
 * </pre>
 *
 * <p>Two cases that the paper leaves open: pixels of the ignore index neither are boundaries nor
 * make any beside them, and a class whose labels have no boundary in an image is left out there.
 *
 * <p>The loss speaks of boundaries alone and needs a second one beside it; the paper adds it to the
 * IoU loss.
 */
@Named(value = "boundary", says = "One minus a soft F1 score of the classes' boundaries.")
@Cites(
    arxiv = "1905.07852",
    title = "Boundary Loss for Remote Sensing Imagery Semantic Segmentation",
    authors = "Bokhovkin and Burnaev",
    venue = "ISNN 2019")
public final class Boundary implements Objective<Boundary.Options> {

  /** The least divisor: a boundary without pixels or probability. */
  private static final double EPSILON = 1e-7;

  public record Options(
      @Option(
              value = "the window that finds a boundary, in pixels; theta0 of the paper",
              is = "3",
              least = 3,
              odd = true)
          int width,
      @Option(
              value =
                  "the window in which two boundaries meet, in pixels; theta of the paper, 1 asks"
                      + " for the same pixel",
              is = "5",
              odd = true)
          int reach) {}

  @Override
  public Tensor loss(Options options, Tensor output, Tensor labels, int ignore, Scope scope) {
    Tensor logits = Objective.atLabels(output, labels, false);
    Tensor counted = Objective.counted(labels, ignore);
    Tensor truth = Objective.truth(labels, logits.channels(), ignore).asFloat();
    Tensor predicted = boundary(logits.softmax(1), counted, options.width());
    Tensor labelled = boundary(truth, counted, options.width());

    Tensor length = labelled.sum(2, 3);
    Tensor precision =
        share(predicted.times(near(labelled, options.reach())).sum(2, 3), predicted.sum(2, 3));
    Tensor recall = share(labelled.times(near(predicted, options.reach())).sum(2, 3), length);
    Tensor score = share(precision.times(recall).times(2), precision.plus(recall));
    Tensor present = length.greaterThan(0).asFloat();
    return score
        .times(-1)
        .plus(1)
        .times(present)
        .sum(0, 1, 2, 3)
        .div(present.sum(0, 1, 2, 3).atLeast(1))
        .reshape();
  }

  /** The boundary of each class, 0 at ignored pixels, which count as inside of every class. */
  private static Tensor boundary(Tensor map, Tensor counted, int width) {
    Tensor outside = map.times(-1).plus(1).times(counted);
    return near(outside, width).minus(outside).times(counted);
  }

  /** The largest value in a window around each pixel. */
  private static Tensor near(Tensor map, int window) {
    return map.maxPool(Window.of(window));
  }

  private static Tensor share(Tensor part, Tensor whole) {
    return part.div(whole.atLeast(EPSILON));
  }
}
