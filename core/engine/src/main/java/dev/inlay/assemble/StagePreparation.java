package dev.inlay.assemble;

import dev.inlay.Preparation;

/**
 * The preparation of a stage in a network.
 *
 * @param stage the stage whose parameters are prepared
 * @param preparation what computes them
 */
public record StagePreparation(Assembly.Stage stage, Preparation preparation) {}
