/** The boundary loss: one minus a soft F1 of the classes' boundaries. */
@NullMarked
package dev.inlay.plugins.boundary;

import org.jspecify.annotations.NullMarked;
