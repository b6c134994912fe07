/**
 * What the operations of a network compute from one image: statistics, times, feature maps, and the
 * operation that makes the first NaN. Commands for authors use it; other packages of the libraries
 * do not.
 */
@NullMarked
package dev.inlay.trace;

import org.jspecify.annotations.NullMarked;
