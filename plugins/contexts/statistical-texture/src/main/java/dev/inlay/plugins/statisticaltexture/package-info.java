/** Texture as counts of quantised values: STLNet. */
@NullMarked
package dev.inlay.plugins.statisticaltexture;

import org.jspecify.annotations.NullMarked;
