package dev.inlay.standard;

import dev.inlay.Cites;
import dev.inlay.Named;
import dev.inlay.Objective;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;

/**
 * The mean negative log-likelihood of each pixel's class, without ignored pixels. Logits (B,K,h,w)
 * are first interpolated bilinearly to the size of the labels (B,H,W).
 */
@Named(value = "cross-entropy", says = "The mean cross-entropy of the pixels whose label counts.")
@Cites(
    arxiv = "1411.4038",
    title = "Fully Convolutional Networks for Semantic Segmentation",
    authors = "Long et al.",
    venue = "CVPR 2015")
public final class CrossEntropy implements Objective<CrossEntropy.Options> {

  public record Options(
      @Option(
              value = "whether the upsampling of logits aligns the corner pixels' centres",
              is = "false")
          boolean alignCorners) {}

  @Override
  public Tensor loss(Options options, Tensor output, Tensor labels, int ignore, Scope scope) {
    return Objective.atLabels(output, labels, options.alignCorners()).crossEntropy(labels, ignore);
  }
}
