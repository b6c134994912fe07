package dev.inlay.plugins.encoding;

import dev.inlay.Check;
import dev.inlay.Dim;
import dev.inlay.Objective;
import dev.inlay.Paper;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import java.util.List;

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
    return output.binaryCrossEntropy(present(output, labels, ignore));
  }

  /** For each class whether labels (B,H,W) name it, as the reference, which ignores 255, has it. */
  static Tensor present(Tensor labels, int classes) {
    List<Dim> shape = List.of(labels.batch(), Dim.of(classes));
    String zeros = "torch.zeros([%s, %d])".formatted(labels.batch(), classes);
    return present(labels.raw(zeros, Tensor.Type.FLOAT, shape), labels, 255);
  }

  /** For each class 1 where a pixel of the image is labelled so, else 0: (B,K), like the logits. */
  static Tensor present(Tensor logits, Tensor labels, int ignore) {
    long classes = logits.dim(1).value();
    Dim batch = logits.batch();
    // A class more, thrown away at the end, takes the pixels that count nowhere.
    String counted = "torch.masked_fill($1, torch.eq($1, %d), %d)".formatted(ignore, classes);
    String present =
        "torch.slice(torch.scatter(torch.new_zeros($0, [%s, %d]), 1,".formatted(batch, classes + 1)
            + " torch.reshape(%s, [%s, -1]), 1.), 1, 0, %d)".formatted(counted, batch, classes);
    return logits.raw(present, Tensor.Type.FLOAT, List.of(batch, Dim.of(classes)), labels);
  }
}
