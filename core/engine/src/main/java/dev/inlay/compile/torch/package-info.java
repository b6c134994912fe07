/**
 * The TorchScript backend: the text of programs, the table of operators' forms, and the archive.
 * Only this package knows the engine's language; {@code dev.inlay.torch} calls the engine.
 */
@NullMarked
package dev.inlay.compile.torch;

import org.jspecify.annotations.NullMarked;
