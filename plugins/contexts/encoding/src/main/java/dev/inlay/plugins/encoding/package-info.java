/** Context from statistics of the whole scene: EncNet's encoding. */
@NullMarked
package dev.inlay.plugins.encoding;

import org.jspecify.annotations.NullMarked;
