/** Context from the whole image and from each pixel's own class. */
@NullMarked
package dev.inlay.plugins.isnet;

import org.jspecify.annotations.NullMarked;
