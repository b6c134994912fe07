/** Context from a pyramid of pooled keys: ANN's asymmetric non-local blocks. */
@NullMarked
package dev.inlay.plugins.asymmetricnonlocal;

import org.jspecify.annotations.NullMarked;
