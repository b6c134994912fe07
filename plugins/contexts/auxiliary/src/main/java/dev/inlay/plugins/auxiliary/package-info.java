/** Supervision of an earlier map while training. */
@NullMarked
package dev.inlay.plugins.auxiliary;

import org.jspecify.annotations.NullMarked;
