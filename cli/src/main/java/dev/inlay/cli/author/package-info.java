/**
 * Commands for authors of techniques: {@code new} and {@code check}. A plugin is checked in a
 * process of its own, {@link dev.inlay.cli.author.CheckProcess}, which the command reads, bounds
 * and ends. Only the root enters.
 */
@NullMarked
package dev.inlay.cli.author;

import org.jspecify.annotations.NullMarked;
