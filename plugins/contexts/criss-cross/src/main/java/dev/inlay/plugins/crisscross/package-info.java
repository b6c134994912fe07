/** Context along each pixel's row and column: CCNet's attention. */
@NullMarked
package dev.inlay.plugins.crisscross;

import org.jspecify.annotations.NullMarked;
