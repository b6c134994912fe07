/** The techniques that a network can be trained with although no plugin is there. */
@NullMarked
package dev.inlay.standard;

import org.jspecify.annotations.NullMarked;
