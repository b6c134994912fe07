/** Joint pyramid upsampling: a fine map from three levels. */
@NullMarked
package dev.inlay.plugins.jpu;

import org.jspecify.annotations.NullMarked;
