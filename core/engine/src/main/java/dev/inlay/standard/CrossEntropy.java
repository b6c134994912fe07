package dev.inlay.standard;

import dev.inlay.Objective;
import dev.inlay.Option;
import dev.inlay.Paper;
import dev.inlay.Scope;
import dev.inlay.Tensor;

/**
 * The mean over the counted pixels of the negative log-likelihood of each pixel's class. Logits
 * (B,K,h,w) of another size than the labels (B,H,W) are brought to theirs first, bilinearly.
 */
public final class CrossEntropy implements Objective<CrossEntropy.Options> {

  /** The options. */
  public record Options(
      @Option("whether the upsampling of logits aligns the corner pixels' centres")
          boolean alignCorners) {}

  @Override
  public String name() {
    return "cross-entropy";
  }

  @Override
  public String summary() {
    return "The mean cross-entropy of the pixels whose label counts.";
  }

  @Override
  public Paper paper() {
    return Paper.arxiv(
        "Fully Convolutional Networks for Semantic Segmentation",
        "Long et al.",
        "CVPR 2015",
        "1411.4038");
  }

  @Override
  public Options defaults() {
    return new Options(false);
  }

  @Override
  public String example() {
    return "cross-entropy";
  }

  @Override
  public Tensor loss(Options options, Tensor output, Tensor labels, int ignore, Scope scope) {
    return Objective.atLabels(output, labels, options.alignCorners()).crossEntropy(labels, ignore);
  }
}
