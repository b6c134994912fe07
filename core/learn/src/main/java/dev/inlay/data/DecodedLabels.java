package dev.inlay.data;

import dev.inlay.image.LabelMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A label map as it is in the file and as classes.
 *
 * @param labels class ids and the ignore index; wrong values are ignored
 * @param stored how many pixels have each stored value
 * @param wrong the stored values that mean nothing, in the order of their first pixels
 * @param contradiction why the file's palette speaks against its ids, where it does
 */
public record DecodedLabels(
    LabelMap labels, Map<Integer, Long> stored, List<Wrong> wrong, Optional<String> contradiction) {
  /** Keeps copies. */
  public DecodedLabels {
    stored = Collections.unmodifiableMap(new LinkedHashMap<>(stored));
    wrong = List.copyOf(wrong);
  }

  /**
   * A stored value that is no class, not ignored and not mapped.
   *
   * @param x the column of its first pixel
   * @param y the row of its first pixel
   * @param pixels how many pixels have it
   */
  public record Wrong(int stored, int x, int y, long pixels) {}

  /** How many pixels have wrong values. */
  public long wrongPixels() {
    return wrong.stream().mapToLong(Wrong::pixels).sum();
  }
}
