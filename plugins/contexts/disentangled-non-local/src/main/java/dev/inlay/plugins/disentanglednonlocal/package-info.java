/** Context from all pixels: the disentangled non-local block. */
@NullMarked
package dev.inlay.plugins.disentanglednonlocal;

import org.jspecify.annotations.NullMarked;
