package dev.inlay.cli.score;

import dev.inlay.data.LabelledImage;
import dev.inlay.evaluate.ImageScores;
import dev.inlay.image.LabelMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The images with the lowest scores so far, which alone are kept in memory. */
final class Shown {

  /**
   * An image with its prediction.
   *
   * @param scores its scores
   */
  record Image(ImageScores scores, LabelledImage sample, LabelMap prediction) {}

  private final int most;
  private final List<Image> worst = new ArrayList<>();

  /** None yet. */
  Shown(int most) {
    this.most = most;
  }

  void add(ImageScores scores, LabelledImage sample, LabelMap prediction) {
    if (most > 0 && !Double.isNaN(scores.scores().meanIou())) {
      worst.add(new Image(scores, sample, prediction));
      worst.sort(Comparator.comparingDouble(image -> image.scores().scores().meanIou()));
      if (worst.size() > most) {
        worst.remove(most);
      }
    }
  }

  /** The lowest score first. */
  List<Image> worst() {
    return List.copyOf(worst);
  }
}
