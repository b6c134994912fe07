/** Residual networks whose blocks pool strips. */
@NullMarked
package dev.inlay.plugins.spnet;

import org.jspecify.annotations.NullMarked;
