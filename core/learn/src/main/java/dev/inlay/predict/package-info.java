/** Prediction with a saved model: from an image to a label map. */
@NullMarked
package dev.inlay.predict;

import org.jspecify.annotations.NullMarked;
