/** Scores of predicted label maps: a streaming confusion matrix and what follows from it. */
@NullMarked
package dev.inlay.evaluate;

import org.jspecify.annotations.NullMarked;
