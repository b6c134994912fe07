package dev.inlay.evaluate;

import dev.inlay.image.LabelMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts of pixels by true class and predicted class, added up image by image. Predictions are not
 * kept, so memory does not grow with the dataset.
 */
public final class ConfusionMatrix {
  private final long[][] counts;

  /** An empty matrix. */
  public ConfusionMatrix(int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException(
          "A confusion matrix of %d classes is impossible; it needs 1 or more.".formatted(classes));
    }
    counts = new long[classes][classes];
  }

  public int classes() {
    return counts.length;
  }

  /** The number of pixels of the true class that were predicted as a class. */
  public long count(int truth, int prediction) {
    return counts[truth][prediction];
  }

  /**
   * Adds the pixels of an image, except those whose true label is the ignore index.
   *
   * @throws IllegalArgumentException if the sizes differ or a label is not a class's id
   */
  public void add(LabelMap truth, LabelMap prediction, int ignore) {
    if (truth.width() != prediction.width() || truth.height() != prediction.height()) {
      throw new IllegalArgumentException(
          "The truth is %dx%d, but the prediction %dx%d; both must have the same size."
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
              "The true label is %d and the predicted one %d, but both must be below %d, the number of classes."
                  .formatted(row, column, counts.length));
        }
        counts[row][column]++;
      }
    }
  }

  /** Adds the counts of another matrix of as many classes. */
  public void add(ConfusionMatrix more) {
    add(more.counts);
  }

  /**
   * Adds counts from elsewhere, such as a GPU.
   *
   * @param more (K,K), pixels by true class (first index) and predicted class
   */
  public void add(long[][] more) {
    if (more.length != counts.length) {
      throw new IllegalArgumentException(
          "A matrix of %d rows does not fit %d classes.".formatted(more.length, counts.length));
    }
    for (int row = 0; row < counts.length; row++) {
      if (more[row].length != counts.length) {
        throw new IllegalArgumentException(
            "A matrix of %d columns does not fit %d classes."
                .formatted(more[row].length, counts.length));
      }
      for (int column = 0; column < counts.length; column++) {
        counts[row][column] += more[row][column];
      }
    }
  }

  /** The counts as rows of true classes. */
  public List<List<Long>> rows() {
    return Arrays.stream(counts).map(row -> Arrays.stream(row).boxed().toList()).toList();
  }

  /** The scores of all pixels added so far. */
  public Scores scores() {
    List<Scores.OfClass> classes = new ArrayList<>();
    for (int id = 0; id < counts.length; id++) {
      long truth = 0;
      long predicted = 0;
      for (int other = 0; other < counts.length; other++) {
        truth += counts[id][other];
        predicted += counts[other][id];
      }
      classes.add(new Scores.OfClass(counts[id][id], truth, predicted));
    }
    return new Scores(classes);
  }
}
