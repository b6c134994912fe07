/**
 * From the described graph to a program for the engine: assembly, passes, cost, source, archive.
 */
@NullMarked
package dev.inlay.compile;

import org.jspecify.annotations.NullMarked;
