/**
 * Specs: one line of text, or the same tree in YAML, to techniques with checked options and back,
 * with errors that point at the place.
 */
@NullMarked
package dev.inlay.spec;

import org.jspecify.annotations.NullMarked;
