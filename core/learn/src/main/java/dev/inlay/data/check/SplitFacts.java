package dev.inlay.data.check;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the label maps of a split hold.
 *
 * @param images the number of images with label maps
 * @param pixels how many pixels each class has
 * @param ignored how many pixels have each stored value that is ignored, from the most frequent on
 * @param problems in the order of the files
 */
public record SplitFacts(
    String split,
    int images,
    List<Long> pixels,
    Map<Integer, Long> ignored,
    List<Problem> problems) {
  /** Keeps copies. */
  public SplitFacts {
    pixels = List.copyOf(pixels);
    ignored = Collections.unmodifiableMap(new LinkedHashMap<>(ignored));
    problems = List.copyOf(problems);
  }

  /** How many pixels count in loss and scores. */
  public long counted() {
    return pixels.stream().mapToLong(Long::longValue).sum();
  }

  /** How many pixels are ignored. */
  public long ignoredPixels() {
    return ignored.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The share of ignored pixels, 0 to 1; 0 if there are no pixels. */
  public double ignoredShare() {
    long all = counted() + ignoredPixels();
    return all == 0 ? 0 : (double) ignoredPixels() / all;
  }

  /** The ids of the classes that have no pixel. */
  public List<Integer> absent() {
    return IntStream.range(0, pixels.size()).filter(id -> pixels.get(id) == 0).boxed().toList();
  }
}
