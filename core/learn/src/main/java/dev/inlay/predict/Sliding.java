package dev.inlay.predict;

import dev.inlay.image.RgbImage;
import java.util.List;

/**
 * Scores window by window; where windows overlap, their scores are averaged, as mmsegmentation's
 * {@code slide_inference} does.
 *
 * @param network scores one window
 */
public record Sliding(ClassScores network, Windows windows) implements ClassScores {

  @Override
  public float[] of(RgbImage image) {
    List<Windows.Part> parts = windows.over(image.width(), image.height());
    if (parts.size() == 1) {
      return network.of(image);
    }
    int pixels = image.width() * image.height();
    int[] count = new int[pixels];
    float[] sum = {};
    for (Windows.Part part : parts) {
      float[] scores = network.of(image.part(part.left(), part.top(), part.width(), part.height()));
      int classes = scores.length / (part.width() * part.height());
      if (sum.length == 0) {
        sum = new float[classes * pixels];
      }
      add(scores, part, sum, count, image.width(), classes);
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= count[i % pixels];
    }
    return sum;
  }

  private static void add(
      float[] scores, Windows.Part part, float[] sum, int[] count, int wide, int classes) {
    int pixels = count.length;
    int from = 0;
    for (int id = 0; id < classes; id++) {
      for (int y = 0; y < part.height(); y++) {
        int to = (part.top() + y) * wide + part.left();
        for (int x = 0; x < part.width(); x++, from++, to++) {
          sum[id * pixels + to] += scores[from];
          count[to] += id == 0 ? 1 : 0;
        }
      }
    }
  }
}
