/** Context from strips: SPNet's mixed pooling. */
@NullMarked
package dev.inlay.plugins.strippooling;

import org.jspecify.annotations.NullMarked;
