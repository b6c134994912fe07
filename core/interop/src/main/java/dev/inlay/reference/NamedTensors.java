package dev.inlay.reference;

import dev.inlay.assemble.Assembly;
import dev.inlay.weights.TensorInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
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
    for (Map<String, TensorInfo> variant : variants(tensors)) {
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

  /** The tensors as they are called, and without what wrappers put before their names. */
  private static List<Map<String, TensorInfo>> variants(Map<String, TensorInfo> tensors) {
    List<Map<String, TensorInfo>> variants = new ArrayList<>(List.of(tensors));
    wrappers(tensors).forEach(wrapper -> variants.add(without(wrapper, tensors)));
    return variants;
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
