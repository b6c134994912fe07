package dev.inlay.plugins.encoding;

import dev.inlay.Check;
import dev.inlay.Cites;
import dev.inlay.Named;
import dev.inlay.Objective;
import dev.inlay.Scope;
import dev.inlay.Tensor;

/**
 * EncNet's semantic encoding loss: the binary cross-entropy of logits (B,K) against which classes
 * the labels (B,H,W) of each image hold, small ones as much as large ones (section 2).
 */
@Named(value = "presence", says = "The binary cross-entropy of which classes an image holds.")
@Cites(
    arxiv = "1803.08904",
    title = "Context Encoding for Semantic Segmentation",
    authors = "Zhang et al.",
    venue = "CVPR 2018")
public final class Presence implements Objective<Presence.Options> {

  static final String NAME = "presence";

  public record Options() {}

  @Override
  public Tensor loss(Options options, Tensor output, Tensor labels, int ignore, Scope scope) {
    Check.that(
        output.rank() == 2,
        "presence compares logits (B,K), one for each class of an image, got " + output.shape());
    return output.binaryCrossEntropy(labels.present(output.channels(), ignore));
  }
}
