package dev.inlay.plugins.encoding;

import dev.inlay.Features;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Modules of {@link Encoding} as mmsegmentation and the authors' code have them. */
final class EncodingParts {

  private EncodingParts() {}

  /** The module of the authors' code: the weighed map and, if asked for, the presence logits. */
  static List<Tensor> module(Encoding.Options options, Features input, Scope scope) {
    Tensor semantics = Encoding.semantics(input.last(), options.codes(), scope);
    List<Tensor> made = new ArrayList<>(List.of(Encoding.weigh(input.last(), semantics, scope)));
    if (options.presence()) {
      made.add(Encoding.presence(semantics, input.classes(), scope));
    }
    return made;
  }

  /** Which classes labels (B,H,W) hold, without the id that datasets usually ignore. */
  static List<Tensor> presentClasses(Encoding.Options options, Features input, Scope scope) {
    Tensor labels = input.last();
    return List.of(labels.present(input.classes(), 255));
  }
}
