package dev.inlay.data;

import dev.inlay.Check;
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
   * @throws dev.inlay.InlayException if there are fewer images than parts
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
    Check.that(
        all.size() >= part.parts(),
        "'split' in %s makes %d splits, but there are only %d images. Add images, or leave out splits.",
        Dataset.DESCRIPTOR,
        part.parts(),
        all.size());
    int from = cut(all.size(), part.from(), part.before(), part.parts());
    int to = cut(all.size(), part.to(), part.before() + 1, part.parts());
    Set<Sample> chosen = new HashSet<>(order.subList(from, to));
    return all.stream().filter(chosen::contains).toList();
  }

  /** Where a share ends, so that each part before and behind has an image. */
  private static int cut(int images, double share, int before, int parts) {
    int cut = (int) Math.round(share * images);
    return Math.max(before, Math.min(images - (parts - before), cut));
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
