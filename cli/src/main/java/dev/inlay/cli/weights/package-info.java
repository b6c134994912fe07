/**
 * Commands about files of weights: {@code weights show}, {@code weights diff}, {@code import},
 * {@code export} and {@code verify}. Only the root enters.
 */
@NullMarked
package dev.inlay.cli.weights;

import org.jspecify.annotations.NullMarked;
