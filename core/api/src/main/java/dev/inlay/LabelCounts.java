package dev.inlay;

import java.util.List;

/**
 * How often each class occurs in the labels that a network is trained on, without pixels of the
 * ignore index.
 *
 * @param pixels the number of pixels of each class
 * @param shown for each class, the number of pixels of all images in which it occurs
 */
public record LabelCounts(List<Long> pixels, List<Long> shown) {

  public LabelCounts {
    pixels = List.copyOf(pixels);
    shown = List.copyOf(shown);
    Check.that(
        pixels.size() == shown.size(),
        "Counts of %d and %d classes do not belong together.",
        pixels.size(),
        shown.size());
  }

  /** The number of classes. */
  public int classes() {
    return pixels.size();
  }

  /** The number of pixels of all classes. */
  public long total() {
    return pixels.stream().mapToLong(Long::longValue).sum();
  }

  /** The share of a class in the pixels of all classes, from 0 to 1; 0 if there are none. */
  public double share(int label) {
    return total() == 0 ? 0 : (double) pixels.get(label) / total();
  }
}
