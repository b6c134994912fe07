package dev.inlay.plugins.encoding;

import dev.inlay.Features;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Modules of {@link Encoding} with the boundaries of mmsegmentation and of the authors' code. */
final class EncodingParts {

  private EncodingParts() {}

  /**
   * The authors' module: the weighted map and, with {@code presence}, the presence logits (B,K).
   */
  static List<Tensor> module(Encoding.Options options, Features input, Scope scope) {
    Tensor semantics = Encoding.semantics(input.last(), options.codes(), scope);
    List<Tensor> made = new ArrayList<>(List.of(Encoding.weigh(input.last(), semantics, scope)));
    if (options.presence()) {
      made.add(Encoding.presence(semantics, input.classes(), scope));
    }
    return made;
  }

  /** The classes present in labels (B,H,W), where 255 is the ignore index. */
  static List<Tensor> presentClasses(Encoding.Options options, Features input, Scope scope) {
    Tensor labels = input.last();
    return List.of(labels.present(input.classes(), 255));
  }
}
