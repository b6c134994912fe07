/** Scores of the boundaries between classes, which the IoU of whole regions hardly shows. */
@NullMarked
package dev.inlay.evaluate.boundary;

import org.jspecify.annotations.NullMarked;
