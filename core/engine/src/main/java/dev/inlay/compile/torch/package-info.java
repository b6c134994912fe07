/**
 * The TorchScript backend: programs as text that the engine reads, the table of how each operator
 * is written, and the archive around them. All that is peculiar to the engine's language stands in
 * this package; the engine itself is called from {@code dev.inlay.torch}.
 */
@NullMarked
package dev.inlay.compile.torch;

import org.jspecify.annotations.NullMarked;
