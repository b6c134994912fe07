/** Compares techniques with golden files: recorded results of reference implementations. */
@NullMarked
package dev.inlay.verify;

import org.jspecify.annotations.NullMarked;
