package dev.inlay.plugins.encoding;

import dev.inlay.Check;
import dev.inlay.Cites;
import dev.inlay.Named;
import dev.inlay.Objective;
import dev.inlay.Scope;
import dev.inlay.Tensor;

/**
 * EncNet's semantic encoding loss: the binary cross-entropy of logits (B,K) against the classes
 * present in each image's labels (B,H,W), independent of their size (section 2).
 */
@Named(value = "presence", says = "The binary cross-entropy of the classes present in an image.")
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
        "presence needs logits (B,K), one for each class of an image, got %s",
        output.shape());
    return output.binaryCrossEntropy(labels.present(output.channels(), ignore));
  }
}
