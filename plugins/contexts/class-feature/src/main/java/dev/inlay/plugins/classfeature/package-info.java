/** Context from the centres of the classes that a coarse prediction finds. */
@NullMarked
package dev.inlay.plugins.classfeature;

import org.jspecify.annotations.NullMarked;
