/**
 * What stages compute from the labels of a dataset before training begins, and the file that it
 * becomes.
 */
@NullMarked
package dev.inlay.prepare;

import org.jspecify.annotations.NullMarked;
