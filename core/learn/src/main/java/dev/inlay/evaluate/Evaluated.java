package dev.inlay.evaluate;

import dev.inlay.data.ClassList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model's scores on a split.
 *
 * @param model what was scored, such as the path of its file
 * @param images the scores of each image, in the split's order
 * @param confusion the counts of all pixels
 */
public record Evaluated(String model, List<ImageScores> images, ConfusionMatrix confusion) {

  /** The seed of draws, so that an evaluation gives the same intervals again. */
  private static final long SEED = 1;

  public Evaluated {
    images = List.copyOf(images);
  }

  /** The scores of all pixels. */
  public Scores scores() {
    return confusion.scores();
  }

  private List<Scores> each() {
    return images.stream().map(ImageScores::scores).toList();
  }

  /** Draws of the images. */
  public Bootstrap bootstrap() {
    return Bootstrap.of(each(), Bootstrap.DRAWS, SEED);
  }

  /** The images, the lowest mIoU first; those without a scored pixel last. */
  public List<ImageScores> worstFirst() {
    Comparator<ImageScores> byScore =
        Comparator.comparingDouble(
            image -> {
              double score = image.scores().meanIou();
              return Double.isNaN(score) ? Double.POSITIVE_INFINITY : score;
            });
    return images.stream().sorted(byScore.thenComparing(ImageScores::index)).toList();
  }

  /**
   * Compares this model with another one on the same images.
   *
   * @throws dev.inlay.InlayException if the other one was scored on other images
   */
  public ModelComparison against(Evaluated other) {
    ModelComparison.requireSameImages(this, other);
    return ModelComparison.of(
        this, other, Bootstrap.paired(each(), other.each(), Bootstrap.DRAWS, SEED));
  }

  /** The counts of each image in JSON's types, from which a later comparison is made. */
  public List<Map<String, @Nullable Object>> imagesToJson() {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (ImageScores image : images) {
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put("name", image.name());
      entry.put("miou", Scores.number(image.scores().meanIou()));
      entry.put("pixelAccuracy", Scores.number(image.scores().pixelAccuracy()));
      List<List<Long>> counts = new ArrayList<>();
      for (Scores.OfClass one : image.scores().classes()) {
        counts.add(List.of(one.hits(), one.pixels(), one.predicted()));
      }
      entry.put("counts", counts);
      all.add(entry);
    }
    return all;
  }

  /** The table of images, worst first, as CSV: name, mIoU, pixel accuracy, each class's IoU. */
  public String imagesToCsv(ClassList classes) {
    StringBuilder csv = new StringBuilder("image,miou,pixel_accuracy");
    classes.names().forEach(name -> csv.append(',').append(cell("iou " + name)));
    csv.append('\n');
    for (ImageScores image : worstFirst()) {
      csv.append(cell(image.name()));
      csv.append(',').append(number(image.scores().meanIou()));
      csv.append(',').append(number(image.scores().pixelAccuracy()));
      image.scores().classes().forEach(one -> csv.append(',').append(number(one.iou())));
      csv.append('\n');
    }
    return csv.toString();
  }

  private static String cell(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.5f", value);
  }
}
