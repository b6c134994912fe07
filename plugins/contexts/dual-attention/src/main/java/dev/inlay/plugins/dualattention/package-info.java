/** Context from all pixels and from all channels: DANet's attention. */
@NullMarked
package dev.inlay.plugins.dualattention;

import org.jspecify.annotations.NullMarked;
