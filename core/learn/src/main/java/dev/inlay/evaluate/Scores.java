package dev.inlay.evaluate;

import dev.inlay.data.ClassList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How well predictions agree with the truth; fractions from 0 to 1, and NaN where there is nothing
 * to judge.
 *
 * @param pixelAccuracy the fraction of pixels that have the right class
 * @param classes each class's scores, in the order of the label ids
 */
public record Scores(double pixelAccuracy, List<OfClass> classes) {
  /** Keeps the classes as they are. */
  public Scores {
    classes = List.copyOf(classes);
  }

  /**
   * How well one class was found.
   *
   * @param iou pixels that are rightly given the class, of those that have it or were given it; NaN
   *     where none has it or was given it
   * @param accuracy pixels that are rightly given the class, of those that have it; NaN where none
   *     has it
   * @param pixels how many pixels have the class
   * @param predicted how many pixels were given it
   */
  public record OfClass(double iou, double accuracy, long pixels, long predicted) {
    /** Whether neither the truth nor the predictions have the class. */
    public boolean isAbsent() {
      return pixels == 0 && predicted == 0;
    }
  }

  /**
   * The mean intersection over union of the classes that the truth or the predictions have, as
   * mmsegmentation takes it.
   */
  public double meanIou() {
    return mean(OfClass::iou);
  }

  /** The mean accuracy of the classes that the truth has. */
  public double meanAccuracy() {
    return mean(OfClass::accuracy);
  }

  /** How many pixels were judged. */
  public long pixels() {
    return classes.stream().mapToLong(OfClass::pixels).sum();
  }

  /** The scores as JSON has them: an object of numbers and lists, null for NaN. */
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
