package dev.inlay.prepare;

import dev.inlay.LabelCounts;
import dev.inlay.data.ClassList;
import dev.inlay.data.LabelSource;
import dev.inlay.image.LabelMap;
import java.util.Arrays;

/** Counts the classes of all label maps of a split. */
public final class LabelCounting {

  private static final int IDS = 256;

  private LabelCounting() {}

  /**
   * Reads every label map once.
   *
   * @throws dev.inlay.InlayException if a label map is wrong
   */
  public static LabelCounts of(LabelSource labels, ClassList classes, Prepared.Progress progress) {
    Long[] pixels = zeros(classes.size());
    Long[] shown = zeros(classes.size());
    for (int i = 0; i < labels.size(); i++) {
      long[] ofImage = ofImage(labels.read(i), classes);
      long counted = Arrays.stream(ofImage).sum();
      for (int k = 0; k < classes.size(); k++) {
        pixels[k] += ofImage[k];
        shown[k] += ofImage[k] > 0 ? counted : 0;
      }
      progress.read(0, i);
    }
    return new LabelCounts(Arrays.asList(pixels), Arrays.asList(shown));
  }

  private static Long[] zeros(int count) {
    Long[] zeros = new Long[count];
    Arrays.fill(zeros, 0L);
    return zeros;
  }

  /** The pixels of each class in one label map; a source gives no other ids than the ignored. */
  private static long[] ofImage(LabelMap map, ClassList classes) {
    long[] ofIds = new long[IDS];
    for (byte id : map.ids()) {
      ofIds[id & 255]++;
    }
    ofIds[classes.ignore() & 255] = 0;
    return Arrays.copyOf(ofIds, classes.size());
  }
}
