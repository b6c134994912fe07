package dev.inlay.weights;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of two files' tensors have one name.
 *
 * @param onlyA the names that only the first has, in its order
 * @param onlyB the names that only the second has, in its order
 * @param common the tensors of both by name, in the order of the first
 */
public record NameComparison(List<String> onlyA, List<String> onlyB, Map<String, Pair> common) {

  /** Two tensors of one name. */
  public record Pair(TensorInfo a, TensorInfo b) {
    /** Whether their numbers can be compared one by one. */
    public boolean sameShape() {
      return a.shape().equals(b.shape());
    }

    /** Whether both have one number format. */
    public boolean sameType() {
      return a.type() == b.type();
    }
  }

  /** Compares the tensors of two files by the names that they are listed under. */
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
   * What stands before the names of one file and makes them those of the other, such as {@code
   * module.}; null if it explains less than half of the names that the files don't share.
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
