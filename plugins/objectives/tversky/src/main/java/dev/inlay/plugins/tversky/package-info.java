/** The Tversky loss: overlap with weights for false positives and false negatives. */
@NullMarked
package dev.inlay.plugins.tversky;

import org.jspecify.annotations.NullMarked;
