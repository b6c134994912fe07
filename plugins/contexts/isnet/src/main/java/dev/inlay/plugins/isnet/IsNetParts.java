package dev.inlay.plugins.isnet;

import dev.inlay.Features;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import java.util.List;
import java.util.Objects;

/** Modules of {@link IsNet} as the authors' code has them. */
final class IsNetParts {

  private IsNetParts() {}

  /** The authors' head: its logits, whose classifier is the last of a sequence, and the coarse. */
  static List<Tensor> head(IsNet.Options options, Features input, Scope scope) {
    Features made = new IsNet().build(options, input, scope);
    String classifier = options.shortcut() == 0 ? "decoder_stage2.1" : "decoder_stage2.4";
    Tensor logits = scope.classify(classifier, made.last(), input.classes(), options.dropout());
    return List.of(logits, Objects.requireNonNull(made.sides().get("coarse")).output());
  }
}
