package dev.inlay.plugins.dupsampling;

/**
 * How blocks of labels v become short vectors x = P v and blocks again, W x, where P is W
 * transposed.
 *
 * @param weights W (size,channels), whose columns are orthonormal
 * @param error the mean squared error of W P v
 * @param share how much of the squared values of all v is kept
 */
record BlockCode(float[] weights, double error, double share) {}
