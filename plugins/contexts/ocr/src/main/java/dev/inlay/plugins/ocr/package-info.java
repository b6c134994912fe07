/** Context from the classes that a coarse prediction finds. */
@NullMarked
package dev.inlay.plugins.ocr;

import org.jspecify.annotations.NullMarked;
