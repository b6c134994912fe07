package dev.inlay.reference;

/**
 * The windows of sliding-window inference; logits are averaged where windows overlap.
 *
 * @param height the height of a window in pixels
 * @param width the width of a window in pixels
 * @param stepDown the vertical stride in pixels
 * @param stepRight the horizontal stride in pixels
 */
public record Windows(int height, int width, int stepDown, int stepRight) {}
