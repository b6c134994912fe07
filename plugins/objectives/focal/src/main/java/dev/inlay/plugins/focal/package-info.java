/** The focal loss: cross-entropy with less weight for pixels that are easy. */
@NullMarked
package dev.inlay.plugins.focal;

import org.jspecify.annotations.NullMarked;
