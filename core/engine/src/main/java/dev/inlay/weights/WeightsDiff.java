package dev.inlay.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the tensors of two files differ.
 *
 * @param tolerance the largest relative difference that counts as equal; null if types count, too
 * @param names the names that both files have, and those that only one has
 * @param differences those of common tensors of one shape, by name
 * @param texts the keys of the files' texts that differ, which do not count
 */
public record WeightsDiff(
    @Nullable Double tolerance,
    NameComparison names,
    Map<String, TensorDifference> differences,
    List<String> texts) {

  /**
   * Reads and compares all common tensors of one shape.
   *
   * @param names the tensors to compare
   * @param progress is told of bytes as they are read; of all, {@link #bytes} are read
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

  /** How many bytes are read to compare the common tensors. */
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

  /** Whether nothing that counts is different. */
  public boolean equal() {
    return names.onlyA().isEmpty()
        && names.onlyB().isEmpty()
        && names.common().keySet().stream().allMatch(this::equal);
  }

  /** Whether nothing that counts is different in a common tensor. */
  public boolean equal(String name) {
    TensorDifference difference = differences.get(name);
    return difference != null
        && (tolerance == null
            ? pair(name).sameType() && difference.differing() == 0
            : difference.relative() <= tolerance);
  }

  /** A common tensor as each file has it. */
  public NameComparison.Pair pair(String name) {
    return Objects.requireNonNull(names.common().get(name), name);
  }
}
