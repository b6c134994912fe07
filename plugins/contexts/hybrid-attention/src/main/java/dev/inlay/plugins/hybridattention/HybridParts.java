package dev.inlay.plugins.hybridattention;

import dev.inlay.Features;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import java.util.List;
import java.util.Objects;

/** Modules of {@link HybridAttention} that are compared alone. */
final class HybridParts {

  private HybridParts() {}

  /** The head with its classifier: logits, then the class map's. */
  static List<Tensor> head(HybridAttention.Options options, Features input, Scope scope) {
    Features made = new HybridAttention().build(options, input, scope);
    Tensor logits = scope.classify("classifier", made.last(), input.classes(), 0);
    return List.of(logits, Objects.requireNonNull(made.sides().get("classes")).output());
  }

  static List<Tensor> regions(HybridAttention.Options options, Features input, Scope scope) {
    return List.of(RegionShuffle.of(options, input.last(), scope));
  }

  /** Class augmented attention with its own 3x3 convolution: the map, then the class map. */
  static List<Tensor> classes(HybridAttention.Options options, Features input, Scope scope) {
    int channels = options.channels(input.last().channels());
    Tensor x = scope.convNormReluSequence("reduce", input.last(), channels, 3);
    ClassAugmented.Result result = ClassAugmented.of(options, x, input.classes(), scope);
    return List.of(result.map(), result.logits());
  }

  /** The same, of a third party's code, which gives the map alone. */
  static List<Tensor> plainClasses(HybridAttention.Options options, Features input, Scope scope) {
    return classes(options, input, scope).subList(0, 1);
  }
}
