/**
 * The command {@code demo}: a training, scores and a report on scenes that it paints itself, with
 * the painter. Only the root enters.
 */
@NullMarked
package dev.inlay.cli.demo;

import org.jspecify.annotations.NullMarked;
