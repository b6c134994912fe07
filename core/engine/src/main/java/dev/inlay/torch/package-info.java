/**
 * Networks that run: programs, parameters and devices on DJL's PyTorch engine, which only this
 * package knows.
 */
@NullMarked
package dev.inlay.torch;

import org.jspecify.annotations.NullMarked;
