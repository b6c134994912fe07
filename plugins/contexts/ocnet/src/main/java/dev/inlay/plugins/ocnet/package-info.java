/** Context by attention to all pixels, at one scale or several. */
@NullMarked
package dev.inlay.plugins.ocnet;

import org.jspecify.annotations.NullMarked;
