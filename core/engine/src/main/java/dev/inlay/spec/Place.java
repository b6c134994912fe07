package dev.inlay.spec;

/**
 * A stretch of a spec's text.
 *
 * @param from the first character
 * @param to one past the last character
 */
record Place(int from, int to) {}
