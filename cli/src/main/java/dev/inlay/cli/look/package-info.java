/**
 * Commands that tell about techniques and networks and compute nothing: {@code list}, {@code
 * describe}, {@code summary} and {@code plugins}. The engine is never loaded. Only the root enters.
 */
@NullMarked
package dev.inlay.cli.look;

import org.jspecify.annotations.NullMarked;
