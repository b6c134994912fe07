/**
 * Commands that run models: {@code evaluate}, {@code predict} and {@code bench}. Only the root
 * enters.
 */
@NullMarked
package dev.inlay.cli.score;

import org.jspecify.annotations.NullMarked;
