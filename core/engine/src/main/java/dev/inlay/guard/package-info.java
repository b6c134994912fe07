/** Calls into code that others wrote, and what goes wrong there in words. */
@NullMarked
package dev.inlay.guard;

import org.jspecify.annotations.NullMarked;
