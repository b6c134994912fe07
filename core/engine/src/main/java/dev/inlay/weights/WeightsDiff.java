package dev.inlay.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The differences between the tensors of two files.
 *
 * @param tolerance the largest relative difference of equal tensors; null for exact equality with
 *     equal types
 * @param names the comparison of the names
 * @param differences the differences of common tensors of the same shape, by name
 * @param texts the keys of the files' texts that differ, without effect on equality
 */
public record WeightsDiff(
    @Nullable Double tolerance,
    NameComparison names,
    Map<String, TensorDifference> differences,
    List<String> texts) {

  /**
   * Reads and compares all common tensors of the same shape.
   *
   * @param names the comparison of the names
   * @param progress gets the numbers of bytes read, {@link #bytes} in all
   * @throws dev.inlay.InlayException if a file cannot be read
   */
  public static WeightsDiff of(
      TensorFile fileA,
      TensorFile fileB,
      NameComparison names,
      @Nullable Double tolerance,
      LongConsumer progress) {
    Map<String, TensorDifference> differences = new LinkedHashMap<>();
    names
        .common()
        .forEach(
            (name, pair) -> {
              if (pair.sameShape()) {
                differences.put(
                    name, TensorDifference.of(fileA, pair.a(), fileB, pair.b(), progress));
              }
            });
    List<String> texts = otherTexts(fileA.metadata(), fileB.metadata());
    return new WeightsDiff(tolerance, names, differences, texts);
  }

  /** The number of bytes that the comparison reads. */
  public static long bytes(NameComparison names) {
    long bytes = 0;
    for (NameComparison.Pair pair : names.common().values()) {
      bytes += pair.sameShape() ? pair.a().bytes() + pair.b().bytes() : 0;
    }
    return bytes;
  }

  private static List<String> otherTexts(Map<String, String> a, Map<String, String> b) {
    return Stream.concat(a.keySet().stream(), b.keySet().stream())
        .distinct()
        .filter(key -> !Objects.equals(a.get(key), b.get(key)))
        .toList();
  }

  /** Whether the files are equal within the tolerance. */
  public boolean equal() {
    return names.onlyA().isEmpty()
        && names.onlyB().isEmpty()
        && names.common().keySet().stream().allMatch(this::equal);
  }

  /** Whether a common tensor is equal within the tolerance. */
  public boolean equal(String name) {
    TensorDifference difference = differences.get(name);
    return difference != null
        && (tolerance == null
            ? pair(name).sameType() && difference.differing() == 0
            : difference.relative() <= tolerance);
  }

  /** The two tensors with a common name. */
  public NameComparison.Pair pair(String name) {
    return Objects.requireNonNull(names.common().get(name), name);
  }
}
