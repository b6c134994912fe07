/** Context from dilated convolutions at several rates. */
@NullMarked
package dev.inlay.plugins.aspp;

import org.jspecify.annotations.NullMarked;
