/** Context from all pixels: the non-local block. */
@NullMarked
package dev.inlay.plugins.nonlocal;

import org.jspecify.annotations.NullMarked;
