package dev.inlay.evaluate;

import dev.inlay.InlayException;
import dev.inlay.data.ClassList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two models on the same images: how much better the first one is, and whether by more than chance.
 * A difference is more than chance if 0 lies outside of its interval by the paired bootstrap over
 * images.
 *
 * @param first what the first model is
 * @param second what the second model is
 * @param meanIou the difference of mIoU
 * @param classes the differences of each class's IoU
 */
public record ModelComparison(
    String first, String second, Difference meanIou, List<Difference> classes) {

  /** Which model is better. */
  public enum Verdict {
    FIRST,
    SECOND,
    /** The difference may be chance. */
    CHANCE,
    /** A model has no score. */
    ABSENT
  }

  /**
   * A score of both models.
   *
   * @param first the first model's
   * @param second the second model's
   * @param interval the interval of the first less the second
   */
  public record Difference(double first, double second, Interval interval) {

    /** The first less the second. */
    public double value() {
      return first - second;
    }

    public Verdict verdict() {
      if (Double.isNaN(value()) || Double.isNaN(interval.low())) {
        return Verdict.ABSENT;
      }
      if (interval.contains(0)) {
        return Verdict.CHANCE;
      }
      return interval.low() > 0 ? Verdict.FIRST : Verdict.SECOND;
    }

    Map<String, @Nullable Object> toJson() {
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put("first", Scores.number(first));
      entry.put("second", Scores.number(second));
      entry.put("difference", Scores.number(value()));
      entry.put("low", Scores.number(interval.low()));
      entry.put("high", Scores.number(interval.high()));
      entry.put("better", verdict().name().toLowerCase(Locale.ROOT));
      return entry;
    }
  }

  public ModelComparison {
    classes = List.copyOf(classes);
  }

  static ModelComparison of(Evaluated first, Evaluated second, Bootstrap draws) {
    List<Difference> classes = new ArrayList<>();
    for (int id = 0; id < first.confusion().classes(); id++) {
      int place = id;
      classes.add(
          new Difference(
              first.scores().classes().get(id).iou(),
              second.scores().classes().get(id).iou(),
              draws.difference(scores -> scores.classes().get(place).iou())));
    }
    Difference mean =
        new Difference(
            first.scores().meanIou(), second.scores().meanIou(), draws.difference(Scores::meanIou));
    return new ModelComparison(first.model(), second.model(), mean, classes);
  }

  /**
   * Requires that two models were scored on the same images.
   *
   * @throws InlayException if they were not
   */
  static void requireSameImages(Evaluated first, Evaluated second) {
    List<String> names = first.images().stream().map(ImageScores::name).toList();
    List<String> others = second.images().stream().map(ImageScores::name).toList();
    if (!names.equals(others)) {
      throw new InlayException(
          "%s was scored on %d images and %s on %d others, so that they can't be compared. Score both on the same split."
              .formatted(first.model(), names.size(), second.model(), others.size()));
    }
    for (int i = 0; i < names.size(); i++) {
      if (!pixels(first, i).equals(pixels(second, i))) {
        throw new InlayException(
            "The labels of %s have changed between the scorings of %s and %s, so that these can't be compared. Score both again."
                .formatted(names.get(i), first.model(), second.model()));
      }
    }
  }

  /** The pixels of each class in the labels of an image. */
  private static List<Long> pixels(Evaluated model, int image) {
    return model.images().get(image).scores().classes().stream()
        .map(Scores.OfClass::pixels)
        .toList();
  }

  /** The comparison in JSON's types. */
  public Map<String, @Nullable Object> toJson(ClassList names) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("first", first);
    all.put("second", second);
    all.put("miou", meanIou.toJson());
    Map<String, @Nullable Object> each = new LinkedHashMap<>();
    for (int id = 0; id < classes.size(); id++) {
      each.put(names.name(id), classes.get(id).toJson());
    }
    all.put("classes", each);
    return all;
  }
}
