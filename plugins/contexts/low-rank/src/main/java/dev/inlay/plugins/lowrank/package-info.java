/** Context as a sum of tensors of rank one: RecoNet. */
@NullMarked
package dev.inlay.plugins.lowrank;

import org.jspecify.annotations.NullMarked;
