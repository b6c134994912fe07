package dev.inlay.plugins.encoding;

import dev.inlay.Check;
import dev.inlay.Objective;
import dev.inlay.Paper;
import dev.inlay.Scope;
import dev.inlay.Tensor;

/**
 * EncNet's semantic encoding loss: the binary cross-entropy of logits (B,K) against which classes
 * the labels (B,H,W) of each image hold, small ones as much as large ones (section 2).
 */
public final class Presence implements Objective<Presence.Options> {

  static final String NAME = "presence";

  /** There are none. */
  public record Options() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "The binary cross-entropy of which classes an image holds.";
  }

  @Override
  public Paper paper() {
    return new Encoding().paper();
  }

  @Override
  public Options defaults() {
    return new Options();
  }

  @Override
  public String example() {
    return new Encoding().example();
  }

  @Override
  public Tensor loss(Options options, Tensor output, Tensor labels, int ignore, Scope scope) {
    Check.that(
        output.rank() == 2,
        "presence compares logits (B,K), one for each class of an image, got " + output.shape());
    return output.binaryCrossEntropy(labels.present(output.channels(), ignore));
  }
}
