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
 * A file's tensors in one of a network's naming schemes, with or without the prefix of a wrapper.
 *
 * @param tensors the tensors by name
 * @param keys the naming scheme
 */
record NamedTensors(Map<String, TensorInfo> tensors, KeyMap keys) {

  private static final int MOST_WRAPPERS = 6;

  /**
   * The naming scheme that matches most parameters; of equal ones, the first.
   *
   * @param candidates the possible schemes, the likeliest first; each is built only if no earlier
   *     one matches all parameters
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

  /** The number of parameters that have a tensor. */
  long matches(Assembly assembly) {
    return Transfer.stored(assembly)
        .filter(parameter -> keys.all(parameter.name()).stream().anyMatch(tensors::containsKey))
        .count();
  }

  /** The tensors under their own names, and without the prefix of each possible wrapper. */
  private static List<Map<String, TensorInfo>> variants(Map<String, TensorInfo> tensors) {
    List<Map<String, TensorInfo>> variants = new ArrayList<>(List.of(tensors));
    wrappers(tensors).forEach(wrapper -> variants.add(without(wrapper, tensors)));
    return variants;
  }

  /** The most frequent first components of names, which may be prefixes of wrappers. */
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

  /**
   * Removes a wrapper's prefix. Tensors outside the wrapper, such as those of a loss, keep their
   * names.
   */
  private static Map<String, TensorInfo> without(String begin, Map<String, TensorInfo> tensors) {
    Map<String, TensorInfo> shorter = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) ->
            shorter.put(name.startsWith(begin) ? name.substring(begin.length()) : name, tensor));
    // Of two tensors with the same name, one would be lost.
    return shorter.size() == tensors.size() ? shorter : tensors;
  }
}
