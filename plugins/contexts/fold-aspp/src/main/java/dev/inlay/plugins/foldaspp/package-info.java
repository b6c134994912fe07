/** Dilated branches on folded windows, and a gate unit: GateNet. */
@NullMarked
package dev.inlay.plugins.foldaspp;

import org.jspecify.annotations.NullMarked;
