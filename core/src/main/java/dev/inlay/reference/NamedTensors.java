package dev.inlay.reference;

import dev.inlay.compile.Assembly;
import dev.inlay.weights.TensorInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A file's tensors under names that a network's parameters can have: as they are, or without what
 * wrappers put before them.
 *
 * @param tensors the tensors by these names
 * @param keys whose names they are
 */
record NamedTensors(Map<String, TensorInfo> tensors, KeyMap keys) {

  private static final int MOST_WRAPPERS = 6;

  /** The names that most parameters have. */
  static NamedTensors best(
      Map<String, TensorInfo> tensors, Assembly assembly, List<KeyMap> candidates) {
    NamedTensors best = best(tensors, candidates, assembly);
    for (String wrapper : wrappers(tensors)) {
      NamedTensors other = best(without(wrapper, tensors), candidates, assembly);
      best = other.matches(assembly) > best.matches(assembly) ? other : best;
    }
    return best;
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

  /** What many names begin with, as far as a dot: wrappers of whole networks put it there. */
  private static List<String> wrappers(Map<String, TensorInfo> tensors) {
    Map<String, Long> begins =
        tensors.keySet().stream()
            .map(name -> name.substring(0, name.indexOf('.') + 1))
            .filter(begin -> !begin.isEmpty())
            .collect(Collectors.groupingBy(begin -> begin, TreeMap::new, Collectors.counting()));
    return begins.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(MOST_WRAPPERS)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Tensors beside what is wrapped, such as a loss's, keep their names. */
  private static Map<String, TensorInfo> without(String begin, Map<String, TensorInfo> tensors) {
    Map<String, TensorInfo> shorter = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) ->
            shorter.put(name.startsWith(begin) ? name.substring(begin.length()) : name, tensor));
    // Of two with one name, one would be lost.
    return shorter.size() == tensors.size() ? shorter : tensors;
  }
}
