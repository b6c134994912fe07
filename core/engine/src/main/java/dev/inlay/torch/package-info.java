/**
 * Networks in DJL's PyTorch engine: programs, parameters and devices. Only this package imports
 * DJL. Plugins may not enter, except their tests.
 */
@NullMarked
package dev.inlay.torch;

import org.jspecify.annotations.NullMarked;
