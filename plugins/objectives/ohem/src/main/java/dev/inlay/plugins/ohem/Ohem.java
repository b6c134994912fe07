package dev.inlay.plugins.ohem;

import dev.inlay.Cites;
import dev.inlay.Dim;
import dev.inlay.Named;
import dev.inlay.Objective;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;

/**
 * Online hard example mining: the cross-entropy of the pixels whose class has a low probability.
 * Logits (B,K,h,w) are taken at the size of the labels (B,H,W).
 *
 * <p>Let p be the probability of a pixel's own class. A pixel is kept if p is less than a limit:
 * the threshold, or the p of one of the hardest pixels if that is greater. Ignored pixels are never
 * kept. The gradient does not flow through the choice.
 *
 * <p>Two implementations are computed exactly:
 *
 * <pre>
 *   mmsegmentation   the hardest pixel at position min(B kept, n - 1), counted from 0, of the n that
 *                    count; the sum of the losses is divided by all B H W pixels
 *   paddleseg        the hardest pixel at position kept - 1; all pixels if no more than kept count;
 *                    the mean loss of all pixels is divided by the share of the kept ones + 1e-5
 * </pre>
 *
 * <p>The mining of hard examples is from Shrivastava et al., CVPR 2016, section 4; the form for
 * segmentation is that of the two implementations ({@code OHEMPixelSampler}, {@code
 * OhemCrossEntropyLoss}).
 */
@Named(value = "ohem", says = "The cross-entropy of the pixels that are predicted worst.")
@Cites(
    arxiv = "1604.03540",
    title = "Training Region-Based Object Detectors with Online Hard Example Mining",
    authors = "Shrivastava et al.",
    venue = "CVPR 2016")
public final class Ohem implements Objective<Ohem.Options> {

  /** More than any probability: ignored pixels come after all others. */
  private static final double IGNORED = 2;

  /** A limit that all pixels keep but ignored ones. */
  private static final double ALL = 1.5;

  /** PaddleSeg adds it to the share of kept pixels. */
  private static final double EPSILON = 1e-5;

  /** The implementation whose definition holds. */
  public enum Definition {
    MMSEGMENTATION,
    PADDLESEG
  }

  public record Options(
      @Option(
              value = "pixels are kept whose class has a lower probability",
              is = "0.7",
              least = 0,
              most = 1)
          double threshold,
      @Option(
              value =
                  "about how many pixels are kept at least: of each image, or of the batch for"
                      + " paddleseg",
              is = "100000",
              least = 1)
          int kept,
      @Option(
              value =
                  "whose definition: mmsegmentation divides by all pixels, paddleseg by those kept",
              is = "mmsegmentation")
          Definition definition) {}

  @Override
  public Tensor loss(Options options, Tensor output, Tensor labels, int ignore, Scope scope) {
    Tensor logits = Objective.atLabels(output, labels, false);
    Tensor losses = logits.pixelCrossEntropy(labels, ignore);
    Tensor probability =
        losses.detach().times(-1).exp().maskedFill(labels.ignored(ignore), IGNORED);
    Dim pixels = labels.batch().times(labels.dim(1)).times(labels.dim(2));
    Tensor all = probability.reshape(pixels);
    Tensor ranked = all.gather(0, all.argsort(0, false));
    Tensor counted = labels.countUnless(ignore).reshape(1);
    Tensor last = counted.minus(1).atLeast(0);
    return switch (options.definition()) {
      case MMSEGMENTATION -> {
        Tensor images = labels.range(labels.batch()).max(0).plus(1);
        Tensor hardest = ranked.gather(0, least(images.times(options.kept()), last));
        Tensor kept = kept(probability, hardest.atLeast(options.threshold()));
        yield losses.times(kept).mean(0, 1, 2).reshape();
      }
      case PADDLESEG -> {
        Tensor place = least(last.times(0).plus(options.kept() - 1), last);
        Tensor hardest = ranked.gather(0, place).atLeast(options.threshold());
        Tensor everything = hardest.times(0).plus(ALL);
        Tensor limit = hardest.where(counted.greaterThan(options.kept()), everything);
        Tensor kept = kept(probability, limit);
        Tensor share = kept.mean(0, 1, 2).plus(EPSILON);
        yield losses.times(kept).mean(0, 1, 2).div(share).reshape();
      }
    };
  }

  /** The elementwise minimum of whole numbers. */
  private static Tensor least(Tensor one, Tensor other) {
    return one.times(-1).maximum(other.times(-1)).times(-1);
  }

  /** 1 at pixels (B,H,W) with a lower probability than the limit (1), else 0. */
  private static Tensor kept(Tensor probability, Tensor limit) {
    return probability.lessThan(limit.reshape(1, 1, 1)).asFloat();
  }
}
