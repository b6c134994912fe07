/**
 * Programs: outputs of a graph with the options and passes for a backend, and the programs of
 * training steps. Plugins may not enter.
 */
@NullMarked
package dev.inlay.compile;

import org.jspecify.annotations.NullMarked;
