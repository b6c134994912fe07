/**
 * The techniques that are part of the engine: stand-ins, the default loss and the default
 * optimizer. They are written like plugins and import {@code dev.inlay} alone.
 */
@NullMarked
package dev.inlay.standard;

import org.jspecify.annotations.NullMarked;
