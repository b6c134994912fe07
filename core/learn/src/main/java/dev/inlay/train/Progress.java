package dev.inlay.train;

import java.util.Map;

/**
 * The progress of a training after an iteration.
 *
 * @param iteration the number of iterations done
 * @param iterations the number of iterations in all
 * @param loss the weighted sum of the losses
 * @param losses the single losses by name
 * @param meanIou the mIoU of the latest augmented training batches, each predicted before its step;
 *     not a score on held-out images
 * @param rate the learning rate of this iteration
 * @param seconds the seconds since the run began, scoring included
 */
public record Progress(
    int iteration,
    int iterations,
    double loss,
    Map<String, Double> losses,
    double meanIou,
    double rate,
    double seconds) {}
