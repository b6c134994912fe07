/** Context by attention to distant pixels, then to neighbours. */
@NullMarked
package dev.inlay.plugins.interlacedattention;

import org.jspecify.annotations.NullMarked;
