package dev.inlay.reference;

/**
 * Windows that slide over an image, whose logits are averaged where they overlap.
 *
 * @param height rows of a window
 * @param width columns of a window
 * @param stepDown rows from one window to the next
 * @param stepRight columns from one window to the next
 */
public record Windows(int height, int width, int stepDown, int stepRight) {}
