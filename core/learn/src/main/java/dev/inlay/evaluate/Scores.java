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
 * @param classes the counts of each class in the order of label ids
 */
public record Scores(List<OfClass> classes) {
  /** Copies the list. */
  public Scores {
    classes = List.copyOf(classes);
  }

  /**
   * The counts of one class, and the scores that follow from them.
   *
   * @param hits the number of pixels of the class that were predicted as the class: true positives
   * @param pixels the number of pixels of the class
   * @param predicted the number of pixels predicted as the class
   */
  public record OfClass(long hits, long pixels, long predicted) {

    /**
     * Intersection over union: true positives / (true positives + false positives + false
     * negatives); NaN for an absent class.
     */
    public double iou() {
      return ratio(hits, pixels + predicted - hits);
    }

    /**
     * Recall: true positives / (true positives + false negatives); NaN if no pixel has the class.
     */
    public double accuracy() {
      return ratio(hits, pixels);
    }

    /**
     * True positives / (true positives + false positives); NaN if no pixel is predicted as the
     * class.
     */
    public double precision() {
      return ratio(hits, predicted);
    }

    /** The Dice coefficient, also F1: 2 |A ∩ B| / (|A| + |B|); NaN for an absent class. */
    public double dice() {
      return ratio(2 * hits, pixels + predicted);
    }

    /** Whether the class occurs neither in the labels nor in the predictions. */
    public boolean isAbsent() {
      return pixels == 0 && predicted == 0;
    }

    private static double ratio(long part, long whole) {
      return whole == 0 ? Double.NaN : (double) part / whole;
    }
  }

  /** The fraction of correctly predicted pixels. */
  public double pixelAccuracy() {
    return OfClass.ratio(classes.stream().mapToLong(OfClass::hits).sum(), pixels());
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

  /** The mean precision over the classes that occur in the predictions. */
  public double meanPrecision() {
    return mean(OfClass::precision);
  }

  /** The mean Dice coefficient over the classes that occur in the labels or in the predictions. */
  public double meanDice() {
    return mean(OfClass::dice);
  }

  /**
   * The IoU of each class, weighted by its share of the pixels. Long, Shelhamer, Darrell, Fully
   * Convolutional Networks for Semantic Segmentation, CVPR 2015, section 5.
   */
  public double frequencyWeightedIou() {
    long all = pixels();
    if (all == 0) {
      return Double.NaN;
    }
    double sum = 0;
    for (OfClass each : classes) {
      sum += each.pixels() == 0 ? 0 : each.iou() * each.pixels() / all;
    }
    return sum;
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
      entry.put("precision", number(one.precision()));
      entry.put("dice", number(one.dice()));
      entry.put("pixels", one.pixels());
      entry.put("predicted", one.predicted());
      each.add(entry);
    }
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("miou", number(meanIou()));
    all.put("pixelAccuracy", number(pixelAccuracy()));
    all.put("meanAccuracy", number(meanAccuracy()));
    all.put("meanPrecision", number(meanPrecision()));
    all.put("meanDice", number(meanDice()));
    all.put("frequencyWeightedIou", number(frequencyWeightedIou()));
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

  /** A number in JSON's types: null for NaN. */
  static @Nullable Double number(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
