package dev.inlay.weights;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of two files' tensor names.
 *
 * @param onlyA the names of the first file alone, in its order
 * @param onlyB the names of the second file alone, in its order
 * @param common the pairs of tensors with the same name, in the order of the first file
 */
public record NameComparison(List<String> onlyA, List<String> onlyB, Map<String, Pair> common) {

  /** Two tensors with the same name. */
  public record Pair(TensorInfo a, TensorInfo b) {
    /** Whether their values can be compared element by element. */
    public boolean sameShape() {
      return a.shape().equals(b.shape());
    }

    /** Whether both have the same number format. */
    public boolean sameType() {
      return a.type() == b.type();
    }
  }

  /** Compares the tensors of two files by name. */
  public static NameComparison of(Map<String, TensorInfo> a, Map<String, TensorInfo> b) {
    List<String> onlyA = new ArrayList<>();
    Map<String, Pair> common = new LinkedHashMap<>();
    a.forEach(
        (name, ofA) -> {
          TensorInfo ofB = b.get(name);
          if (ofB == null) {
            onlyA.add(name);
          } else {
            common.put(name, new Pair(ofA, ofB));
          }
        });
    List<String> onlyB = b.keySet().stream().filter(name -> !a.containsKey(name)).toList();
    return new NameComparison(onlyA, onlyB, common);
  }

  /**
   * A prefix of one file's names that the other file lacks, such as {@code module.}; null if it
   * explains less than half of the names that differ.
   */
  public @Nullable String prefix() {
    @Nullable String longerA = prefix(onlyA, onlyB);
    return longerA != null ? longerA : prefix(onlyB, onlyA);
  }

  private static @Nullable String prefix(List<String> longer, List<String> shorter) {
    Set<String> wanted = new HashSet<>(shorter);
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String name : longer) {
      for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
        if (wanted.contains(name.substring(dot + 1))) {
          counts.merge(name.substring(0, dot + 1), 1, Integer::sum);
        }
      }
    }
    return counts.entrySet().stream()
        .filter(each -> 2 * each.getValue() >= Math.min(longer.size(), shorter.size()))
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(null);
  }
}
