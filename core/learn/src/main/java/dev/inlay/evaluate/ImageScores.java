package dev.inlay.evaluate;

/**
 * The scores of one image.
 *
 * @param index its place in the split, from 0
 * @param name its path
 */
public record ImageScores(int index, String name, Scores scores) {}
