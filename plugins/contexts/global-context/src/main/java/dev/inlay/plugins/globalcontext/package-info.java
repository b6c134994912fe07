/** One context vector for all pixels: GCNet's block. */
@NullMarked
package dev.inlay.plugins.globalcontext;

import org.jspecify.annotations.NullMarked;
