package dev.inlay.train;

import java.util.Map;

/**
 * The losses and predictions of a training step, computed with the weights before the update.
 *
 * @param loss the weighted sum of the losses
 * @param losses the single losses by name
 * @param confusion the confusion matrix (K,K): at index i K + j, the pixels of class i predicted as
 *     class j
 * @param gradientNorm the Euclidean norm of all gradients together, before they are clipped; NaN if
 *     the loss is not finite
 * @param time the parts of the step's time
 */
public record StepResult(
    double loss,
    Map<String, Double> losses,
    float[] confusion,
    double gradientNorm,
    StepTime time) {

  /** Whether loss and gradients are finite, so that the weights were updated. */
  public boolean isFinite() {
    return Double.isFinite(loss) && Double.isFinite(gradientNorm);
  }
}
