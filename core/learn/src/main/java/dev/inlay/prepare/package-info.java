/**
 * Preparation before training: parameters that a stage computes from the labels of a dataset, and
 * the file that keeps them.
 */
@NullMarked
package dev.inlay.prepare;

import org.jspecify.annotations.NullMarked;
