package dev.inlay.data;

import dev.inlay.InlayException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Divides the images of a dataset without a validation split. */
final class SplitParts {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private SplitParts() {}

  /**
   * The samples of a part, in their order. The parts of one division share none. An image that is
   * added later moves few of the others.
   *
   * @throws InlayException if the part has none
   */
  static List<Sample> of(List<Sample> all, SplitFiles.Part part) {
    Map<Sample, Long> hashes = new HashMap<>();
    all.forEach(sample -> hashes.put(sample, Seeds.mix(part.seed(), hash(sample.name()))));
    List<Sample> order =
        all.stream()
            .sorted(
                Comparator.comparingLong((Sample each) -> hashes.getOrDefault(each, 0L))
                    .thenComparing(Sample::name))
            .toList();
    int from = (int) Math.round(part.from() * all.size());
    int to = (int) Math.round(part.to() * all.size());
    if (from == to) {
      throw new InlayException(
          "The split '%s' would have none of the %d images by the shares under 'split' in %s. Give it a larger share, or add images."
              .formatted(part.name(), all.size(), Dataset.DESCRIPTOR));
    }
    Set<Sample> chosen = new HashSet<>(order.subList(from, to));
    return all.stream().filter(chosen::contains).toList();
  }

  /** FNV-1a, by UTF-16 units: the same on every system. */
  private static long hash(String name) {
    long hash = OFFSET;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * PRIME;
    }
    return hash;
  }
}
