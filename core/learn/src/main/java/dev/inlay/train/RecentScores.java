package dev.inlay.train;

import dev.inlay.evaluate.ConfusionMatrix;
import java.util.ArrayDeque;
import java.util.Deque;

/** The mIoU of the latest training batches. */
final class RecentScores {

  private static final int BATCHES = 20;

  private final int classes;
  private final Deque<float[]> counts = new ArrayDeque<>();

  RecentScores(int classes) {
    this.classes = classes;
  }

  /**
   * Adds a batch's confusion matrix (K,K): at index i K + j, the pixels of class i predicted as
   * class j.
   */
  void add(float[] batch) {
    counts.addLast(batch);
    if (counts.size() > BATCHES) {
      counts.removeFirst();
    }
  }

  double meanIou() {
    long[][] sum = new long[classes][classes];
    for (float[] batch : counts) {
      for (int i = 0; i < batch.length; i++) {
        sum[i / classes][i % classes] += (long) batch[i];
      }
    }
    ConfusionMatrix matrix = new ConfusionMatrix(classes);
    matrix.add(sum);
    return matrix.scores().meanIou();
  }
}
