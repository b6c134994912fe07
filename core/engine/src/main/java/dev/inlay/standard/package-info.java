/**
 * The techniques that come with the engine itself, as every network can be trained with them. They
 * are written as plugins are and see {@code dev.inlay} alone.
 */
@NullMarked
package dev.inlay.standard;

import org.jspecify.annotations.NullMarked;
