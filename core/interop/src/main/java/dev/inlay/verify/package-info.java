/** Comparison of techniques with what reference implementations computed. */
@NullMarked
package dev.inlay.verify;

import org.jspecify.annotations.NullMarked;
