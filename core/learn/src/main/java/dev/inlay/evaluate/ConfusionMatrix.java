package dev.inlay.evaluate;

import dev.inlay.image.LabelMap;
import java.util.ArrayList;
import java.util.List;

/**
 * How often each class was taken for each, counted image by image; predictions themselves are not
 * kept, so that memory does not grow with the dataset.
 */
public final class ConfusionMatrix {
  private final long[][] counts;

  /** Begins with no pixels. */
  public ConfusionMatrix(int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException("there must be a class, not " + classes);
    }
    counts = new long[classes][classes];
  }

  public int classes() {
    return counts.length;
  }

  /** How many pixels of the true class were predicted as the other. */
  public long count(int truth, int prediction) {
    return counts[truth][prediction];
  }

  /**
   * Counts an image, except where the truth is the ignored id.
   *
   * @throws IllegalArgumentException if the sizes differ or a label is no class
   */
  public void add(LabelMap truth, LabelMap prediction, int ignore) {
    if (truth.width() != prediction.width() || truth.height() != prediction.height()) {
      throw new IllegalArgumentException(
          "The truth is %dx%d, the prediction %dx%d"
              .formatted(truth.width(), truth.height(), prediction.width(), prediction.height()));
    }
    byte[] expected = truth.ids();
    byte[] found = prediction.ids();
    for (int i = 0; i < expected.length; i++) {
      int row = expected[i] & 255;
      if (row != ignore) {
        int column = found[i] & 255;
        if (row >= counts.length || column >= counts.length) {
          throw new IllegalArgumentException(
              "The truth %d and the prediction %d must be below %d"
                  .formatted(row, column, counts.length));
        }
        counts[row][column]++;
      }
    }
  }

  /**
   * Adds what was counted elsewhere, such as on a GPU.
   *
   * @param more as many pixels by true class (first index) and predicted class
   */
  public void add(long[][] more) {
    if (more.length != counts.length) {
      throw new IllegalArgumentException(
          "%d rows do not fit %d classes".formatted(more.length, counts.length));
    }
    for (int row = 0; row < counts.length; row++) {
      if (more[row].length != counts.length) {
        throw new IllegalArgumentException(
            "%d columns do not fit %d classes".formatted(more[row].length, counts.length));
      }
      for (int column = 0; column < counts.length; column++) {
        counts[row][column] += more[row][column];
      }
    }
  }

  /** Sums up what was counted so far. */
  public Scores scores() {
    List<Scores.OfClass> classes = new ArrayList<>();
    long correct = 0;
    long all = 0;
    for (int id = 0; id < counts.length; id++) {
      long truth = 0;
      long predicted = 0;
      for (int other = 0; other < counts.length; other++) {
        truth += counts[id][other];
        predicted += counts[other][id];
      }
      long hits = counts[id][id];
      classes.add(
          new Scores.OfClass(
              ratio(hits, truth + predicted - hits), ratio(hits, truth), truth, predicted));
      correct += hits;
      all += truth;
    }
    return new Scores(ratio(correct, all), classes);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }
}
