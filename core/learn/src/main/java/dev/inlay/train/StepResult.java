package dev.inlay.train;

import java.util.Map;

/**
 * What a step of training found before it changed the weights.
 *
 * @param loss the weighted sum
 * @param losses the single losses by name
 * @param confusion how often class i of the labels was taken for class j, at place i K + j
 */
public record StepResult(double loss, Map<String, Double> losses, float[] confusion) {}
