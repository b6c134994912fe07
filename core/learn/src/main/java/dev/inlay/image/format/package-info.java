/**
 * How image files are laid out: what kind a file is, what its header says, and its pixels, read
 * with bounded work and memory. Entered by the readers of {@code dev.inlay.image} alone.
 */
@NullMarked
package dev.inlay.image.format;

import org.jspecify.annotations.NullMarked;
