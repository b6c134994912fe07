package dev.inlay.reference;

import dev.inlay.compile.Assembly;
import dev.inlay.weights.TensorInfo;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A file's tensors under names that a network's parameters can have: as they are, or without what
 * all names begin with.
 *
 * @param tensors the tensors by these names
 * @param keys whose names they are
 */
record NamedTensors(Map<String, TensorInfo> tensors, KeyMap keys) {

  /** The names that most parameters have. */
  static NamedTensors best(
      Map<String, TensorInfo> tensors, Assembly assembly, List<KeyMap> candidates) {
    Map<String, TensorInfo> shorter = withoutFirstSegment(tensors);
    NamedTensors best = best(tensors, candidates, assembly);
    NamedTensors other = best(shorter, candidates, assembly);
    return other.matches(assembly) > best.matches(assembly) ? other : best;
  }

  private static NamedTensors best(
      Map<String, TensorInfo> tensors, List<KeyMap> candidates, Assembly assembly) {
    return candidates.stream()
        .map(keys -> new NamedTensors(tensors, keys))
        // Of equals, the first, for they come in the order of likelihood.
        .reduce((one, two) -> two.matches(assembly) > one.matches(assembly) ? two : one)
        .orElseThrow();
  }

  long matches(Assembly assembly) {
    return Transfer.matches(tensors, assembly, keys);
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
