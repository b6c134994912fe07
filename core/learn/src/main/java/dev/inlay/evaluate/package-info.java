/**
 * Scores of predicted label maps, computed from a confusion matrix that is added up image by image.
 */
@NullMarked
package dev.inlay.evaluate;

import org.jspecify.annotations.NullMarked;
