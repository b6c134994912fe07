/** Online hard example mining: the cross-entropy of the pixels that are hard. */
@NullMarked
package dev.inlay.plugins.ohem;

import org.jspecify.annotations.NullMarked;
