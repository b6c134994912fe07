/**
 * The API for authors of techniques: the kinds of techniques, symbolic tensors, and the scope that
 * names parameters. A technique describes operations; core compiles and runs them. Every module may
 * enter.
 */
@NullMarked
package dev.inlay;

import org.jspecify.annotations.NullMarked;
