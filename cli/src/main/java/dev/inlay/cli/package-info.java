/**
 * The root of the command line: it knows every command, runs one and ends with its exit code.
 *
 * <p>The commands stand in rooms, {@code look}, {@code train}, {@code score}, {@code weights} and
 * {@code demo}; what they share stands in {@code common}. A room imports from {@code common} and
 * the libraries, never from another room or from this package. A command reads options, calls the
 * libraries and prints; all else belongs to a library, so that a program can do the same.
 */
@NullMarked
package dev.inlay.cli;

import org.jspecify.annotations.NullMarked;
