package dev.inlay.cli.score;

import dev.inlay.evaluate.Bootstrap;
import dev.inlay.evaluate.Calibration;
import dev.inlay.evaluate.Evaluated;
import dev.inlay.evaluate.ModelComparison;
import dev.inlay.evaluate.boundary.BoundaryScores;
import org.jspecify.annotations.Nullable;

/**
 * All that an evaluation has measured.
 *
 * @param model the scores by class and image
 * @param draws of the images, from which intervals follow
 * @param boundary those of boundaries; null if not asked for
 * @param calibration how far probabilities can be trusted; null if not asked for
 * @param comparison with another model; null if not asked for
 * @param shown the images with the lowest scores
 */
record Measured(
    Evaluated model,
    Bootstrap draws,
    @Nullable BoundaryScores boundary,
    @Nullable Calibration calibration,
    @Nullable ModelComparison comparison,
    Shown shown) {

  Measured with(ModelComparison made) {
    return new Measured(model, draws, boundary, calibration, made, shown);
  }
}
