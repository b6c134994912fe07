package dev.inlay.plugins.dupsampling;

/**
 * A linear code of blocks of labels: a block v is encoded as x = P v and decoded as W x, where P is
 * the transpose of W.
 *
 * @param weights W (size,channels), whose columns are orthonormal
 * @param error the mean squared error of W P v
 * @param share the share of the squared values of all v that W P v keeps, 0 to 1
 */
record BlockCode(float[] weights, double error, double share) {}
