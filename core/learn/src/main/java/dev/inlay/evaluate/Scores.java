package dev.inlay.evaluate;

import dev.inlay.data.ClassList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Scores of predicted labels: fractions from 0 to 1, and NaN for a score over no pixels.
 *
 * @param pixelAccuracy the fraction of correctly predicted pixels
 * @param classes the scores of each class in the order of label ids
 */
public record Scores(double pixelAccuracy, List<OfClass> classes) {
  /** Copies the list. */
  public Scores {
    classes = List.copyOf(classes);
  }

  /**
   * The scores of one class.
   *
   * @param iou intersection over union: true positives / (true positives + false positives + false
   *     negatives); NaN for an absent class
   * @param accuracy recall: true positives / (true positives + false negatives); NaN if no pixel
   *     has the class
   * @param pixels the number of pixels of the class
   * @param predicted the number of pixels predicted as the class
   */
  public record OfClass(double iou, double accuracy, long pixels, long predicted) {
    /** Whether the class occurs neither in the labels nor in the predictions. */
    public boolean isAbsent() {
      return pixels == 0 && predicted == 0;
    }
  }

  /**
   * The mIoU over the classes that occur in the labels or in the predictions, as mmsegmentation
   * defines it.
   */
  public double meanIou() {
    return mean(OfClass::iou);
  }

  /** The mean accuracy over the classes that occur in the labels. */
  public double meanAccuracy() {
    return mean(OfClass::accuracy);
  }

  /** The number of scored pixels. */
  public long pixels() {
    return classes.stream().mapToLong(OfClass::pixels).sum();
  }

  /** The scores in JSON's types: an object of numbers and lists, null for NaN. */
  public Map<String, @Nullable Object> toJson(ClassList names) {
    List<Map<String, @Nullable Object>> each = new ArrayList<>();
    for (int id = 0; id < classes.size(); id++) {
      OfClass one = classes.get(id);
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put("name", names.name(id));
      entry.put("iou", number(one.iou()));
      entry.put("accuracy", number(one.accuracy()));
      entry.put("pixels", one.pixels());
      entry.put("predicted", one.predicted());
      each.add(entry);
    }
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("miou", number(meanIou()));
    all.put("pixelAccuracy", number(pixelAccuracy));
    all.put("meanAccuracy", number(meanAccuracy()));
    all.put("pixels", pixels());
    all.put("classes", each);
    return all;
  }

  private double mean(ToDoubleFunction<OfClass> score) {
    return classes.stream()
        .mapToDouble(score)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }

  private static @Nullable Double number(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
