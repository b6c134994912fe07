package dev.inlay.train;

import java.util.Map;

/**
 * The losses and predictions of a training step, computed with the weights before the update.
 *
 * @param loss the weighted sum of the losses
 * @param losses the single losses by name
 * @param confusion the confusion matrix (K,K): at index i K + j, the pixels of class i predicted as
 *     class j
 * @param gradientSeconds the time of the forward and the backward pass
 * @param updateSeconds the optimizer's time
 */
public record StepResult(
    double loss,
    Map<String, Double> losses,
    float[] confusion,
    double gradientSeconds,
    double updateSeconds) {}
