/** Work that another thread does while the caller goes on. Every package may enter. */
@NullMarked
package dev.inlay.background;

import org.jspecify.annotations.NullMarked;
