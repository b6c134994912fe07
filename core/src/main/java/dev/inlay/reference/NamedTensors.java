package dev.inlay.reference;

import dev.inlay.compile.Assembly;
import dev.inlay.weights.TensorInfo;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A file's tensors under names that a network's parameters can have: as they are, or without what
 * all names begin with.
 *
 * @param tensors the tensors by these names
 * @param keys whose names they are
 */
record NamedTensors(Map<String, TensorInfo> tensors, KeyMap keys) {

  /**
   * The names that most parameters have; of equals, the first.
   *
   * @param candidates whose names they may be, the likeliest first; made only if none before has
   *     all
   */
  static NamedTensors best(
      Map<String, TensorInfo> tensors, Assembly assembly, List<Supplier<KeyMap>> candidates) {
    long all = Transfer.stored(assembly).count();
    NamedTensors best = new NamedTensors(tensors, candidates.get(0).get());
    long most = best.matches(assembly);
    for (Map<String, TensorInfo> variant : List.of(tensors, withoutFirstSegment(tensors))) {
      for (Supplier<KeyMap> candidate : candidates) {
        if (most == all) {
          return best;
        }
        NamedTensors named = new NamedTensors(variant, candidate.get());
        long matches = named.matches(assembly);
        if (matches > most) {
          best = named;
          most = matches;
        }
      }
    }
    return best;
  }

  /** How many parameters have a tensor. */
  long matches(Assembly assembly) {
    return Transfer.stored(assembly)
        .filter(parameter -> tensors.containsKey(keys.theirs().get(parameter.name())))
        .count();
  }

  /** Wrappers of whole networks put one name before all. */
  private static Map<String, TensorInfo> withoutFirstSegment(Map<String, TensorInfo> tensors) {
    Set<String> begins =
        tensors.keySet().stream()
            .map(name -> name.substring(0, name.indexOf('.') + 1))
            .collect(Collectors.toSet());
    String begin = begins.stream().min(Comparator.naturalOrder()).orElse("");
    if (begins.size() != 1 || begin.isEmpty()) {
      return tensors;
    }
    Map<String, TensorInfo> shorter = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shorter.put(name.substring(begin.length()), tensor));
    return shorter;
  }
}
