/** Context from gated paths through dilated convolutions, after GPSNet. */
@NullMarked
package dev.inlay.plugins.gatedpath;

import org.jspecify.annotations.NullMarked;
