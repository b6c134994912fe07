package dev.inlay.augment;

/**
 * Mosaic: a crop is put together from crops of four images, around a random point in its middle
 * half.
 *
 * @param probability of a crop to be a mosaic
 */
public record Mosaic(double probability) implements Alteration {}
