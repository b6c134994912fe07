/** Calls into techniques, and words for the exceptions that they throw. */
@NullMarked
package dev.inlay.guard;

import org.jspecify.annotations.NullMarked;
