/** Context from a pyramid of pooled grids. */
@NullMarked
package dev.inlay.plugins.ppm;

import org.jspecify.annotations.NullMarked;
