package dev.inlay.plugins.lovaszsoftmax;

import dev.inlay.Cites;
import dev.inlay.Dim;
import dev.inlay.Named;
import dev.inlay.Objective;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import java.util.List;

/**
 * The Lovász-softmax loss: the Lovász extension of the Jaccard loss, a convex surrogate of one
 * minus the intersection over union of each class. Berman et al., CVPR 2018, section 2.2, eq. 9 to
 * 11 and algorithm 1. Logits (B,K,h,w) are taken at the size of the labels (B,H,W).
 *
 * <p>The errors |g - p| of a class, with p the softmax and g the one-hot labels, are sorted by
 * size. The loss of the class is the sum of each error times the rise of the Jaccard loss by the
 * pixel, when the pixels are made wrong in that order. Ignored pixels are left out.
 *
 * <p>It is the {@code lovasz_softmax} of the authors' code; {@code over=batch} is its {@code
 * per_image=False}, and a part without labels has the loss 0.
 */
@Named(value = "lovasz-softmax", says = "A convex surrogate of one minus the mean IoU.")
@Cites(
    arxiv = "1705.08790",
    title =
        "The Lovász-Softmax Loss: A Tractable Surrogate for the Optimization of the"
            + " Intersection-Over-Union Measure in Neural Networks",
    authors = "Berman et al.",
    venue = "CVPR 2018")
public final class LovaszSoftmax implements Objective<LovaszSoftmax.Options> {

  /** Less than any error: ignored pixels come after all others. */
  private static final double IGNORED = -1;

  /** The pixels whose intersection and union are taken together. */
  public enum Over {
    BATCH,
    IMAGE
  }

  /** The classes of the mean. */
  public enum Classes {
    /** Those that the labels have. */
    PRESENT,
    ALL
  }

  public record Options(
      @Option(
              value = "whether pixels are sorted together in the batch or in each image",
              is = "batch")
          Over over,
      @Option(value = "the classes of the mean: those labelled there, or all", is = "present")
          Classes classes) {}

  @Override
  public Tensor loss(Options options, Tensor output, Tensor labels, int ignore, Scope scope) {
    Tensor logits = Objective.atLabels(output, labels, false);
    int classes = logits.channels();
    Over over = options.over();
    Tensor counted = Objective.counted(labels, ignore);
    Tensor truth = Objective.truth(labels, classes, ignore);
    Tensor errors = truth.asFloat().minus(logits.softmax(1).times(counted)).abs();
    Tensor ranks = errors.detach().maskedFill(counted.equalTo(0), IGNORED);

    Tensor order = rows(ranks, over).argsort(2, true);
    Tensor sorted = rows(errors, over).gather(2, order);
    Tensor labelled = rows(truth, over).gather(2, order).cumsum(2);
    Tensor all = rows(truth, over).sum(2);

    Tensor missed = all.minus(labelled);
    Dim pixels = sorted.dim(2);
    Tensor union = missed.plus(sorted.range(pixels).plus(1));
    Tensor jaccard = missed.asFloat().div(union).times(-1).plus(1);
    Tensor before =
        all.asFloat().times(0).concat(2, List.of(jaccard.slice(2, Dim.of(0), pixels.plus(-1))));
    Tensor ofClasses = sorted.times(jaccard.minus(before)).sum(2);
    return mean(ofClasses, all.greaterThan(0).asFloat(), options.classes());
  }

  /** A map (B,K,H,W) as rows of pixels to sort: (1,K,B*H*W) or (B,K,H*W). */
  private static Tensor rows(Tensor map, Over over) {
    return switch (over) {
      case IMAGE -> map.flat();
      case BATCH ->
          map.permute(1, 0, 2, 3)
              .reshape(1, map.dim(1), map.batch().times(map.height()).times(map.width()));
    };
  }

  /** The mean over parts of the mean over classes of losses (parts,K,1). */
  private static Tensor mean(Tensor losses, Tensor present, Classes classes) {
    Tensor ofParts =
        switch (classes) {
          case ALL -> losses.mean(1);
          case PRESENT -> losses.times(present).sum(1).div(present.sum(1).atLeast(1));
        };
    return ofParts.mean(0, 1, 2).reshape();
  }
}
