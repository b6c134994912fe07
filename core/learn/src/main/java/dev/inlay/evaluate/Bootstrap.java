package dev.inlay.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Intervals of scores by the bootstrap over images: the images are drawn again with replacement as
 * often as there are, and a score's interval holds the middle 95 % of what such draws give (the
 * percentile method). Efron, Tibshirani, An Introduction to the Bootstrap, 1993, section 13.3.
 *
 * <p>Images, not pixels, are drawn, because the pixels of one image depend on each other.
 */
public final class Bootstrap {

  /** The number of draws, unless another one is given. */
  public static final int DRAWS = 2000;

  private static final double OUTSIDE = 0.05;

  /** The scores of each draw, for one or two models. */
  private final List<List<Scores>> draws;

  private Bootstrap(List<List<Scores>> draws) {
    this.draws = draws;
  }

  /**
   * Draws images of one model.
   *
   * @param images the scores of each image
   */
  public static Bootstrap of(List<Scores> images, int draws, long seed) {
    return drawn(List.of(images), draws, seed);
  }

  /**
   * Draws the same images for two models, as a paired comparison needs.
   *
   * @param first the first model's scores of each image
   * @param second the second model's scores of the same images
   */
  public static Bootstrap paired(List<Scores> first, List<Scores> second, int draws, long seed) {
    if (first.size() != second.size()) {
      throw new IllegalArgumentException(
          "%d images can't be paired with %d.".formatted(first.size(), second.size()));
    }
    return drawn(List.of(first, second), draws, seed);
  }

  private static Bootstrap drawn(List<List<Scores>> models, int draws, long seed) {
    int images = models.get(0).size();
    SplittableRandom random = new SplittableRandom(seed);
    List<List<Scores>> all = new ArrayList<>();
    int[] times = new int[images];
    for (int draw = 0; draw < draws && images > 0; draw++) {
      Arrays.fill(times, 0);
      for (int i = 0; i < images; i++) {
        times[random.nextInt(images)]++;
      }
      all.add(models.stream().map(model -> sum(model, times)).toList());
    }
    return new Bootstrap(all);
  }

  /** The scores of the pixels of all images, each counted as often as it was drawn. */
  private static Scores sum(List<Scores> images, int[] times) {
    int classes = images.get(0).classes().size();
    long[] hits = new long[classes];
    long[] pixels = new long[classes];
    long[] predicted = new long[classes];
    for (int i = 0; i < times.length; i++) {
      for (int id = 0; id < classes && times[i] > 0; id++) {
        Scores.OfClass one = images.get(i).classes().get(id);
        hits[id] += times[i] * one.hits();
        pixels[id] += times[i] * one.pixels();
        predicted[id] += times[i] * one.predicted();
      }
    }
    List<Scores.OfClass> sums = new ArrayList<>();
    for (int id = 0; id < classes; id++) {
      sums.add(new Scores.OfClass(hits[id], pixels[id], predicted[id]));
    }
    return new Scores(sums);
  }

  /** The interval of a score of the first model. */
  public Interval interval(ToDoubleFunction<Scores> score) {
    return middle(draws.stream().mapToDouble(draw -> score.applyAsDouble(draw.get(0))).toArray());
  }

  /** The interval of a score of the first model less that of the second one. */
  public Interval difference(ToDoubleFunction<Scores> score) {
    return middle(
        draws.stream()
            .mapToDouble(
                draw -> score.applyAsDouble(draw.get(0)) - score.applyAsDouble(draw.get(1)))
            .toArray());
  }

  /** The middle of the values; draws without the class have none. */
  private static Interval middle(double[] values) {
    double[] known = Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
    if (known.length == 0) {
      return new Interval(Double.NaN, Double.NaN);
    }
    return new Interval(quantile(known, OUTSIDE / 2), quantile(known, 1 - OUTSIDE / 2));
  }

  /** A quantile with linear interpolation, as numpy's default. */
  static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
