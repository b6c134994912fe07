/**
 * What the author of a technique sees: the kinds of technique, symbolic tensors, and the scope that
 * names parameters. Nothing here computes; core compiles what is described.
 */
@NullMarked
package dev.inlay;

import org.jspecify.annotations.NullMarked;
