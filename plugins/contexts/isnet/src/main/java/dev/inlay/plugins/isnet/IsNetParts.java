package dev.inlay.plugins.isnet;

import dev.inlay.Features;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import java.util.List;
import java.util.Objects;

/** Modules of {@link IsNet} with the boundaries of the authors' code. */
final class IsNetParts {

  private IsNetParts() {}

  /**
   * The authors' head: its logits, whose classifier is the last layer of a sequence, and the coarse
   * logits.
   */
  static List<Tensor> head(IsNet.Options options, Features input, Scope scope) {
    Features made = new IsNet().build(options, input, scope);
    String classifier = options.shortcut() == 0 ? "decoder_stage2.1" : "decoder_stage2.4";
    Tensor logits = scope.classify(classifier, made.last(), input.classes(), options.dropout());
    return List.of(logits, Objects.requireNonNull(made.sides().get("coarse")).output());
  }
}
