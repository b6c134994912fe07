/** The command line: one class a command, and nothing that a program could not do with core. */
@NullMarked
package dev.inlay.cli;

import org.jspecify.annotations.NullMarked;
