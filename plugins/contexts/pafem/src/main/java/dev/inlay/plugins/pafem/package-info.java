/** Dilated branches with self-attention: PAFEM. */
@NullMarked
package dev.inlay.plugins.pafem;

import org.jspecify.annotations.NullMarked;
